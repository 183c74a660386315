import type { MapPlan } from './map-plan.ts'
import { MapTally, type TallyParts } from './map-tally.ts'

/** What was counted and is kept, to be corrected by what changes. */
export interface KeptTally {
  /** With the `now` it is true of. */
  readonly plan: MapPlan
  readonly parts: TallyParts
}

/** As many as there may be: of customers who are taken out or put in, everyone is named. */
const EVERYONE = 1 << 20

/** Under which plans the touched customers are counted: as they were, and as they are. */
export function plansOfChange(kept: KeptTally, plan: MapPlan) {
  const { unmappedGroups } = plan
  const { keptUntilMs } = kept.plan
  return {
    before: { ...kept.plan, unmappedGroups, sampleSize: EVERYONE },
    after: { ...plan, keptUntilMs, sampleSize: EVERYONE },
  }
}

/**
 * A kept tally without what the touched customers counted before, and with what they count now: what a recount
 * comes to ([MK4]). Touched is whoever has, had or lost an event since, and whoever has a window that ended between
 * the two `now`s.
 *
 * @param plan the kept one with a later `now`; groups of unmapped behaviour may have come behind the known ones
 * @returns null: it cannot be told without a recount ([MK5])
 */
export function correctedTally(
  kept: KeptTally,
  before: TallyParts,
  after: TallyParts,
  plan: MapPlan,
): MapTally | null {
  const tally = new MapTally({ ...plan, keptUntilMs: kept.plan.keptUntilMs })
  tally.merge(widened(kept, plan.unmappedGroups))
  // Out before in: a sample must not be cut while somebody stands in it twice.
  if (!tally.take(before)) return null
  tally.merge(after)
  if (tally.moments !== null) tally.openParts.set(tally.moments.openParts())
  kept.parts.leasts.forEach((least, i) =>
    correctLeast(tally.leasts[i]!, least, before.leasts[i]!, after.leasts[i]!),
  )
  if (tally.short || leastMissing(tally)) return null
  // Where nobody is there is no least value, and nobody who went stands in the way of the next.
  if (tally.entrants === 0) tally.firstEntry.fill(Number.POSITIVE_INFINITY)
  tally.customers.forEach((there, step) => {
    if (there === 0) tally.firstAnchor[step] = Number.POSITIVE_INFINITY
  })
  return tally
}

/** Not a number: it went, and which is the next one is not known. */
function correctLeast(
  ours: Float64Array,
  kept: Float64Array,
  before: Float64Array,
  after: Float64Array,
): void {
  for (let i = 0; i < ours.length; i++) {
    const gone = before[i]! <= kept[i]! && before[i]! < Number.POSITIVE_INFINITY
    ours[i] = gone && !(after[i]! <= before[i]!) ? Number.NaN : Math.min(kept[i]!, after[i]!)
  }
}

/** They are told only where somebody is and nobody is settled. */
function leastMissing(tally: MapTally): boolean {
  const { entrants, settledEntrants, firstEntry, customers, settled, firstAnchor } = tally
  const missing = (there: number, over: number, least: number) =>
    there > 0 && over === 0 && Number.isNaN(least)
  return (
    missing(entrants, settledEntrants, firstEntry[0]!) ||
    customers.some((there, step) => missing(there, settled[step]!, firstAnchor[step]!))
  )
}

/** The kept arrays laid for more groups of unmapped behaviour. */
function widened({ plan, parts }: KeptTally, groups: number): TallyParts {
  const known = plan.unmappedGroups
  if (known === groups) return parts
  const laid = new MapTally({ ...plan, unmappedGroups: groups }).parts.arrays
  const arrays = parts.arrays.map((array, k) => {
    const wide = laid[k]!
    if (wide.length === array.length) return array
    // [row × groups]
    for (let i = 0; i < array.length; i++) {
      wide[Math.floor(i / known) * groups + (i % known)] = array[i]!
    }
    return wide
  })
  return { ...parts, arrays }
}
