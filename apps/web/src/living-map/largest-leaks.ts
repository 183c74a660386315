import type { MapColumn } from './map-columns.ts'

const MOST = 3

/**
 * The places of the columns that stand out by what they lose: those of the leaks told above the map; where it has none
 * of them (stages), the ones that lose most, by money, without money by customers.
 */
export function largestLeaks(
  columns: readonly MapColumn[],
  leaks: readonly string[],
): ReadonlySet<number> {
  const told = columns.flatMap(({ id }, at) => (leaks.includes(id) ? [at] : []))
  if (told.length > 0) return new Set(told)
  const places = columns
    .map(({ now }, at) => ({ at, left: now.left, money: now.money?.amount ?? 0 }))
    .filter(({ left }) => left > 0)
    .toSorted((a, b) => b.money - a.money || b.left - a.left || a.at - b.at)
  return new Set(places.slice(0, MOST).map(({ at }) => at))
}

/** How much of a step's customers left, and how much is in progress, 0–1 each. */
export function leavingShares({ now }: Pick<MapColumn, 'now'>): {
  readonly left: number
  readonly inProgress: number
} {
  const of = (n: number) => (now.customers === 0 ? 0 : n / now.customers)
  // Of the settled, as everywhere; before anybody is, of all.
  return { left: now.leftShare ?? of(now.left), inProgress: of(now.inProgress) }
}
