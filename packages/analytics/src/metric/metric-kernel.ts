import {
  isBounce,
  sessionsOf,
  type BounceRule,
  type SessionRules,
} from '../session/session-kernel.ts'
import type { Period } from '../question.ts'
import { cartOutcome } from './abandonment.ts'

/** Bits of an event's mask; the lowest six are SESSION_BITS. */
export const METRIC_BITS = {
  goal: 64,
  addToCart: 128,
  beginCheckout: 256,
  purchase: 512,
  refund: 1024,
  emptyCart: 2048,
} as const

export interface MetricRules {
  /** `begun` is the question's period: customers are judged by their events in it, sessions by whether they began in it. */
  readonly sessions: SessionRules
  readonly bounce: BounceRule
  /** Conversion and abandonment per customer or per session. */
  readonly per: 'customers' | 'sessions'
  readonly abandonAfterMs: number
  readonly nowMs: number
}

/** One customer's events in order. */
export interface MetricJourney {
  readonly times: Float64Array
  readonly masks: Uint32Array
  readonly foregroundMs: Float64Array | null
}

export interface AbandonmentTally {
  bought: number
  abandoned: number
  inProgress: number
}

export interface MetricTally {
  customers: number
  sessions: number
  bounced: number
  /** Units (customers or sessions) active, and those with the goal. */
  units: number
  converted: number
  readonly cart: AbandonmentTally
  readonly checkout: AbandonmentTally
}

export function emptyMetricTally(): MetricTally {
  return {
    customers: 0,
    sessions: 0,
    bounced: 0,
    units: 0,
    converted: 0,
    cart: { bought: 0, abandoned: 0, inProgress: 0 },
    checkout: { bought: 0, abandoned: 0, inProgress: 0 },
  }
}

/** @param other of the same rules, over other customers */
export function addMetricTally(tally: MetricTally, other: MetricTally): void {
  for (const name of SUMS) tally[name] += other[name]
  for (const name of CARTS) {
    tally[name].bought += other[name].bought
    tally[name].abandoned += other[name].abandoned
    tally[name].inProgress += other[name].inProgress
  }
}

const SUMS = ['customers', 'sessions', 'bounced', 'units', 'converted'] as const
const CARTS = ['cart', 'checkout'] as const

/** Adds one customer. */
export function addToMetrics(tally: MetricTally, journey: MetricJourney, rules: MetricRules): void {
  const { times, masks } = journey
  const sessions = sessionsOf(
    { times, masks, foregroundMs: journey.foregroundMs, values: null },
    rules.sessions,
  )
  const within = placesWithin(times, rules.sessions.begun)
  // Only around the period.
  if (within.from === within.to) return
  tally.customers++
  tally.sessions += sessions.length
  for (const session of sessions) if (isBounce(session, rules.bounce)) tally.bounced++
  if (rules.per === 'customers') return addUnit(tally, times, masks, within, rules)
  // Nothing lies between one session and the next.
  let from = sessions[0] === undefined ? 0 : firstAt(times, sessions[0].startMs)
  for (const { events } of sessions) {
    const to = from + events
    addUnit(tally, times.subarray(from, to), masks.subarray(from, to), EVERY, rules)
    from = to
  }
}

/** Places of a unit's events, half-open. */
interface Places {
  readonly from: number
  readonly to: number
}

const EVERY: Places = { from: 0, to: Number.POSITIVE_INFINITY }

/** Which events lie in the period. */
function placesWithin(times: Float64Array, period: Period | null): Places {
  if (period === null) return { from: 0, to: times.length }
  return { from: firstAt(times, period.fromMs), to: firstAt(times, period.toMs) }
}

/** The first event at or after an instant. */
function firstAt(times: Float64Array, atMs: number): number {
  const found = times.findIndex((ms) => ms >= atMs)
  return found < 0 ? times.length : found
}

function addUnit(
  tally: MetricTally,
  times: Float64Array,
  masks: Uint32Array,
  within: Places,
  rules: MetricRules,
): void {
  tally.units++
  const asked = masks.subarray(within.from, within.to)
  if (asked.some((mask) => (mask & METRIC_BITS.goal) !== 0)) tally.converted++
  const { abandonAfterMs, nowMs } = rules
  const buy = METRIC_BITS.purchase
  for (const [sum, fill, empty] of [
    [tally.cart, METRIC_BITS.addToCart, METRIC_BITS.emptyCart],
    [tally.checkout, METRIC_BITS.beginCheckout, 0],
  ] as const) {
    switch (
      cartOutcome({ times, masks, within }, { fill, buy, empty, withinMs: abandonAfterMs, nowMs })
    ) {
      case 'none':
      case 'emptied':
        break
      case 'bought':
        sum.bought++
        break
      case 'abandoned':
        sum.abandoned++
        break
      case 'in-progress':
        sum.inProgress++
    }
  }
}
