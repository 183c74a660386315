import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Ranked, ranksAt, ranksOf } from './row-rank.ts'

/** Siblings with rows put at a place, in the order of their ranks. */
function putAt(siblings: readonly Ranked[], at: number, ids: readonly string[]): readonly Ranked[] {
  const { ranks, moved } = ranksAt(siblings, at, ids.length)
  const rankOf = new Map(moved.map(({ id, rank }) => [id, rank]))
  const kept = siblings.map(({ id, rank }) => ({ id, rank: rankOf.get(id) ?? rank }))
  const put = ids.map((id, i) => ({ id, rank: ranks[i] ?? '' }))
  return [...kept, ...put].toSorted((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
}

const idsOf = (rows: readonly Ranked[]) => rows.map(({ id }) => id)

test('[MD7] rows come to stand where they are put, also between equals and odd ranks', () => {
  const rank = fc.constantFrom('a0', 'a1', 'a1', 'a1V', 'a2', 'Zz', 'a', 'zzz0', '0', 'b00')
  const siblings = fc
    .array(rank, { maxLength: 6 })
    .map((ranks) => ranks.toSorted().map((held, i): Ranked => ({ id: `s${i}`, rank: held })))
  fc.assert(
    fc.property(siblings, fc.nat(6), fc.integer({ min: 1, max: 3 }), (rows, place, count) => {
      const at = place % (rows.length + 1)
      const ids = ['x', 'y', 'z'].slice(0, count)
      const before = idsOf(rows)
      expect(idsOf(putAt(rows, at, ids))).toEqual([
        ...before.slice(0, at),
        ...ids,
        ...before.slice(at),
      ])
    }),
    { numRuns: 500 },
  )
})

test('[MD7] a thousand rows put into one gap have no long ranks', () => {
  let rows: readonly Ranked[] = ranksOf(2).map((rank, i) => ({ id: `s${i}`, rank }))
  for (let i = 0; i < 1000; i++) rows = putAt(rows, 1, [`x${i}`])
  expect(Math.max(...rows.map(({ rank }) => rank.length))).toBeLessThanOrEqual(32)
  expect(idsOf(rows).slice(0, 3)).toEqual(['s0', 'x999', 'x998'])
})

test('[MD7] nobody else moves where there is room', () => {
  const rows = ranksOf(3).map((rank, i): Ranked => ({ id: `s${i}`, rank }))
  expect(ranksAt(rows, 1, 2).moved).toEqual([])
})
