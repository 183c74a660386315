import { DAY_MS } from './calendar.ts'
import type { Calendar } from './calendar.ts'

export type ProblemId = 'ios-payment' | 'size-guide' | 'late-delivery' | 'refused-voucher'

/** What an analysis of the events should name as the reason. */
export type PlantedReason =
  /** A property of the step's own events is far more frequent among those who left. */
  | { readonly kind: 'property'; readonly property: string; readonly value: string }
  /** Those who left did this event. */
  | { readonly kind: 'event'; readonly event: string }
  /** They are sent back to an earlier step. */
  | { readonly kind: 'way-back'; readonly toStepId: string }

/** Something that is wrong with the simulated shop, on purpose. */
export interface Problem {
  readonly id: ProblemId
  /** The step of the designed map at which customers are lost. */
  readonly stepId: string
  readonly description: string
  readonly reason: PlantedReason
  /** Days before the end of the simulation, half-open. None is older than a quarter: the one before went better. */
  readonly sinceDays: number
  readonly untilDays: number
}

export const PROBLEMS: readonly Problem[] = [
  {
    id: 'ios-payment',
    stepId: 'payment',
    description: 'After a release 48 days before the end most payments on iOS fail; few try again.',
    reason: { kind: 'property', property: 'device', value: 'ios' },
    sinceDays: 48,
    untilDays: 0,
  },
  {
    id: 'size-guide',
    stepId: 'size-guide',
    description:
      'A new size guide confuses: readers go back to the search, and many give up at it.',
    reason: { kind: 'way-back', toStepId: 'search' },
    sinceDays: 90,
    untilDays: 0,
  },
  {
    id: 'late-delivery',
    stepId: 'delivery',
    description:
      'With a new carrier parcels outside the capital come days late; who complains recommends nothing and stays away.',
    reason: { kind: 'event', event: 'delivery_complaint' },
    sinceDays: 75,
    untilDays: 0,
  },
  {
    id: 'refused-voucher',
    stepId: 'cart',
    description:
      'The voucher of the newsletter is refused in the cart for 18 days, from 60 days before the end.',
    reason: { kind: 'event', event: 'voucher_refused' },
    sinceDays: 60,
    untilDays: 42,
  },
]

/** Which problems are switched on, by id. The counterfactual is the same shop with one switched off. */
export type Switches = Readonly<Record<ProblemId, boolean>>

export const ALL_ON: Switches = {
  'ios-payment': true,
  'size-guide': true,
  'late-delivery': true,
  'refused-voucher': true,
}

/** Whether a problem is there at an instant. */
export function happens(
  { calendar, switches }: { readonly calendar: Calendar; readonly switches: Switches },
  timeMs: number,
  id: ProblemId,
): boolean {
  const problem = PROBLEMS.find((known) => known.id === id)
  if (problem === undefined || !switches[id]) return false
  const daysLeft = (calendar.endMs - timeMs) / DAY_MS
  return daysLeft <= problem.sinceDays && daysLeft > problem.untilDays
}
