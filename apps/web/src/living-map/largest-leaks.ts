import type { MapColumn } from './map-columns.ts'

/** The places of the columns where most is lost: by money, where there is none by customers. Few, so that they stand out. */
export function largestLeaks(columns: readonly MapColumn[], most = 3): ReadonlySet<number> {
  const places = columns
    .map(({ now }, at) => ({ at, left: now.left, money: now.money?.amount ?? 0 }))
    .filter(({ left }) => left > 0)
    .toSorted((a, b) => b.money - a.money || b.left - a.left || a.at - b.at)
  return new Set(places.slice(0, most).map(({ at }) => at))
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
