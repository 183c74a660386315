import { isRefusal } from '@parcurs/contract'
import { expect, test } from 'vitest'
import { type Turn, turnsOfOne } from './turns-of-one.ts'

const ann = { kind: 'person', userId: 1, sessionId: 's' } as const
const bob = { kind: 'person', userId: 2, sessionId: 't' } as const
const never = new AbortController().signal

test('[QU13] one person’s questions take turns, in order; another’s do not wait for them', async () => {
  const turns = turnsOfOne(2, 3)
  const begun: string[] = []
  const held = new Map<string, Turn>()
  const ask = async (who: typeof ann | typeof bob, name: string, signal = never) => {
    const turn = await turns.take(who, signal)
    if (isRefusal(turn)) return turn.code
    begun.push(`${name}${turn.waited ? ' waited' : ''}`)
    held.set(name, turn)
    return name
  }
  const first = [ask(ann, 'a1'), ask(ann, 'a2'), ask(ann, 'a3')]
  const gone = new AbortController()
  const given = ask(ann, 'a4', gone.signal)
  const last = ask(ann, 'a5')
  expect(await ask(ann, 'a6')).toBe('too-busy')
  const other = ask(bob, 'b1')
  await Promise.all([first[0], first[1], other])
  expect(begun).toEqual(['a1', 'a2', 'b1'])
  // Who has gone leaves the line at once: there is room for another.
  gone.abort()
  expect(await given).toBe('question-cancelled')
  const late = ask(ann, 'a7')
  held.get('a1')?.end()
  held.get('a1')?.end()
  await first[2]
  held.get('a2')?.end()
  await last
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3 waited', 'a5 waited'])
  held.get('a3')?.end()
  expect(await late).toBe('a7')
  for (const name of ['a5', 'a7', 'b1']) held.get(name)?.end()
  expect(await ask(ann, 'a8')).toBe('a8')
  expect(begun.at(-1)).toBe('a8')
  expect(await ask(ann, 'a9', gone.signal)).toBe('question-cancelled')
})
