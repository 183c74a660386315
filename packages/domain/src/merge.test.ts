import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergedUsers } from './merge.ts'

const merge = (previous: bigint, user: bigint) => ({ previous, user })

test('[ID6] merges carry over, and a group goes by who was never merged away', () => {
  const merged = mergedUsers([merge(9n, 7n), merge(7n, 5n), merge(3n, 5n)])
  expect([...merged]).toEqual(
    expect.arrayContaining([
      [9n, 5n],
      [7n, 5n],
      [3n, 5n],
      [5n, 5n],
    ]),
  )
})

test('[ID6] a circle goes by its greatest key', () => {
  expect(mergedUsers([merge(1n, 3n), merge(3n, 1n)]).get(1n)).toBe(3n)
})

test('[ID6] the order of merges does not matter', () => {
  const user = fc.constantFrom(1n, 3n, 5n, 7n, 9n)
  const merges = fc.array(fc.record({ previous: user, user }))
  fc.assert(
    fc.property(merges, fc.infiniteStream(fc.nat()), (some, randoms) => {
      const shuffled = some
        .map((one) => ({ one, at: randoms.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one)
      const byKey = (map: ReadonlyMap<bigint, bigint>) =>
        [...map].sort(([a], [b]) => (a < b ? -1 : 1))
      expect(byKey(mergedUsers(shuffled))).toEqual(byKey(mergedUsers(some)))
    }),
  )
})
