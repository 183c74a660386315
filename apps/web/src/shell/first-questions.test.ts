import { expect, test } from 'vitest'
import type { Ask } from '../api/ask.ts'
import { Problem } from '../api/problem.ts'
import { queryClient } from '../api/query-client.ts'
import { deviceMemory } from '../device/device-memory.ts'
import { answers } from '../fixture/answers.ts'
import { askForHome } from './first-questions.ts'

/** Notes what is asked and answers each question a turn later. */
function noting(asked: string[]): Ask {
  return async (name, asking = {}) => {
    asked.push(name)
    await new Promise((resolve) => setTimeout(resolve))
    const answer = answers[name]
    if (answer === undefined) throw new Problem(404, 'not-found', name)
    return JSON.parse(JSON.stringify(answer(asking.body ?? null, asking.params ?? {})))
  }
}

const ground = (ask: Ask) => ({ client: queryClient(), ask, memory: deviceMemory(() => null) })

test('[UI33] what the home needs is asked side by side, the numbers beside the map', async () => {
  const asked: string[] = []
  const done = askForHome(ground(noting(asked)), 'demo', {})
  await Promise.resolve()
  expect(asked.toSorted()).toEqual(['maps', 'me', 'touchpointLibrary'])
  await done
  expect(asked.slice(3)).toEqual(['map', 'ask'])
})

test('[UI33] from the sign-in, the first workspace is the home', async () => {
  const asked: string[] = []
  await askForHome(ground(noting(asked)), null, {})
  expect(asked[0]).toBe('me')
  expect(asked.slice(1).toSorted()).toEqual(['ask', 'map', 'maps', 'touchpointLibrary'])
})

test('[UI33] a refusal is left to the screen, which asks again and says it', async () => {
  const refusing: Ask = () => Promise.reject(new Problem(401, 'not-signed-in', ''))
  await expect(askForHome(ground(refusing), 'demo', {})).resolves.toBeUndefined()
  const asked: string[] = []
  await askForHome(ground(noting(asked)), 'elsewhere', {})
  expect(asked).not.toContain('ask')
})
