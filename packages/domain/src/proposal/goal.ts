import { isFailure, ON_THE_WAY, successRank } from './event-words.ts'
import type { GroupUse } from './propose-map.ts'

/** Met by nearly everybody: it says that a journey goes on, not that it went well. */
const COMMON = 0.95
/** What few customers reach is no goal; a clear name may stand for fewer. */
const GOAL_SHARE = 0.03
const CLEAR_GOAL_SHARE = 0.005
const FEWEST = 3
/** Carts and checkouts carry money too, but it is not paid yet. */
const UNPAID: ReadonlySet<string> = new Set([
  'cart',
  'checkout',
  'payment',
  'product',
  'category',
  'wishlist',
])

/**
 * The success that a map is drawn towards: a purchase, else what takes money, else what is named like a success, else
 * where most journeys end. Never where journeys begin, nor what nearly everybody meets where a rarer success is there.
 *
 * @param customers of the whole workspace
 * @returns null when nothing says what a success is
 */
export function goalOf<Use extends GroupUse>(uses: readonly Use[], customers: number): Use | null {
  const orders = uses.filter(({ group }) => group.concept?.key === 'order')
  if (orders.length > 0) return most(orders, (use) => use.customers)
  const [only] = uses
  if (uses.length < 2) return only === undefined || isUnpaid(only) ? null : only
  const later = uses.filter((use) => !isFirst(use, uses))
  const rarer = (some: readonly Use[]) => {
    const met = Math.max(...uses.map((use) => use.customers))
    const few = some.filter((use) => use.customers < met * COMMON)
    return few.length > 0 ? few : some
  }
  const paying = later.filter((use) => use.valued > 0 && use.value > 0 && !isUnpaid(use))
  if (paying.length > 0) return most(rarer(paying), ({ value }) => value)
  return (
    namedGoal(rarer(later.filter((use) => isNamed(use, customers)))) ??
    most(
      later.filter(({ position }) => (position ?? 0) >= 0.5),
      ({ endings }) => endings,
    )
  )
}

/** Of several successes the clearest; of those on the way the last one that is no rarity among them. */
function namedGoal<Use extends GroupUse>(named: readonly Use[]): Use | null {
  const clearest = Math.min(...named.map(rankOf))
  const alike = named.filter((use) =>
    clearest >= ON_THE_WAY ? rankOf(use) >= ON_THE_WAY : rankOf(use) === clearest,
  )
  const well = Math.max(0, ...alike.map((use) => use.customers)) / 4
  const enough = alike.filter((use) => use.customers >= well)
  return most(enough, ({ position }) => position ?? 0)
}

function isNamed(use: GroupUse, customers: number): boolean {
  const rank = rankOf(use)
  if (rank === Number.POSITIVE_INFINITY || use.group.events.every(isFailure)) return false
  const share = rank < ON_THE_WAY ? CLEAR_GOAL_SHARE : GOAL_SHARE
  return use.customers >= Math.max(customers * share, customers < 50 ? 1 : FEWEST)
}

/** 0 is clearest, infinity no success. */
function rankOf({ group }: GroupUse): number {
  return Math.min(...group.events.map((event) => successRank(event) ?? Number.POSITIVE_INFINITY))
}

/** Where journeys begin: nothing is met before it. */
function isFirst(use: GroupUse, uses: readonly GroupUse[]): boolean {
  const at = ({ position }: GroupUse) => position ?? 0.5
  return uses.every((other) => other === use || at(other) > at(use))
}

function isUnpaid({ group }: GroupUse): boolean {
  return UNPAID.has(group.concept?.key ?? '')
}

function most<Use extends GroupUse>(
  some: readonly Use[],
  measure: (use: GroupUse) => number,
): Use | null {
  return some.toSorted((a, b) => measure(b) - measure(a) || b.customers - a.customers)[0] ?? null
}
