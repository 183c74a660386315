import { isRefusal } from '@parcurs/contract'
import { expect, test } from 'vitest'
import { turnsOfOne } from './turns-of-one.ts'

const ann = { kind: 'person', userId: 1, sessionId: 's' } as const
const bob = { kind: 'person', userId: 2, sessionId: 't' } as const
const never = new AbortController().signal

test('[QU13] one person’s questions take turns, in order; another’s do not wait for them', async () => {
  const inTurn = turnsOfOne(2, 3)
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const ask = (who: typeof ann | typeof bob, name: string, signal = never) =>
    inTurn(who, signal, async () => {
      begun.push(name)
      await new Promise<void>((resolve) => ends.set(name, resolve))
      return name
    })
  const first = [ask(ann, 'a1'), ask(ann, 'a2'), ask(ann, 'a3')]
  const gone = new AbortController()
  const given = ask(ann, 'a4', gone.signal)
  const last = ask(ann, 'a5')
  expect(await ask(ann, 'a6')).toMatchObject({ code: 'too-busy' })
  const other = ask(bob, 'b1')
  await Promise.resolve()
  expect(begun).toEqual(['a1', 'a2', 'b1'])
  gone.abort()
  ends.get('a1')?.()
  await first[0]
  await expect.poll(() => begun).toEqual(['a1', 'a2', 'b1', 'a3'])
  ends.get('a2')?.()
  // Who has gone is not answered, and the place goes on to the next.
  expect(isRefusal(await given)).toBe(true)
  await expect.poll(() => begun).toContain('a5')
  for (const end of ends.values()) end()
  expect(await Promise.all([...first, last, other])).toEqual(['a1', 'a2', 'a3', 'a5', 'b1'])
})
