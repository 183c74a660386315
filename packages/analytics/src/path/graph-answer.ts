import { at } from '../at.ts'
import type { GraphRow } from './graph-query.ts'
import type { PathGraphAnswer } from './path.ts'

/** The graph that the store counted, without times: 0 stands before a journey's first item and after its last. */
export function graphOfRows(
  rows: readonly GraphRow[],
  items: readonly string[],
): Pick<PathGraphAnswer, 'customers' | 'items' | 'edges'> {
  const counts = new Map<number, number>()
  const starts = new Map<number, number>()
  const ends = new Map<number, number>()
  for (const { from, to, count } of rows) {
    const times = Number(count)
    counts.set(to, (counts.get(to) ?? 0) + times)
    if (from === 0) starts.set(to, times)
    if (to === 0) ends.set(from, times)
  }
  const customers = counts.get(0) ?? 0
  counts.delete(0)
  return {
    customers,
    items: [...counts]
      .map(([item, count]) => ({
        item: at(items, item),
        count,
        customers: null,
        // No journey begins, or none ends, with it.
        starts: starts.get(item) ?? 0,
        ends: ends.get(item) ?? 0,
      }))
      .sort((a, b) => b.count - a.count || compareText(a.item, b.item)),
    edges: rows
      .filter(({ from, to }) => from !== 0 && to !== 0)
      .map(({ from, to, count }) => ({
        from: at(items, from),
        to: at(items, to),
        count: Number(count),
        customers: null,
        medianMs: null,
      })),
  }
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
