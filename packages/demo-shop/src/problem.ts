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
  /** Days from the start, half-open. */
  readonly fromDay: number
  readonly toDay: number
}

export const PROBLEMS: readonly Problem[] = [
  {
    id: 'ios-payment',
    stepId: 'payment',
    description: 'After a release on day 42 most payments on iOS fail; few try again.',
    reason: { kind: 'property', property: 'device', value: 'ios' },
    fromDay: 42,
    toDay: 90,
  },
  {
    id: 'size-guide',
    stepId: 'size-guide',
    description: 'The size guide confuses: readers go back to the search, and many give up at it.',
    reason: { kind: 'way-back', toStepId: 'search' },
    fromDay: 0,
    toDay: 90,
  },
  {
    id: 'late-delivery',
    stepId: 'delivery',
    description:
      'Parcels outside the capital come days late; who complains recommends nothing and stays away.',
    reason: { kind: 'event', event: 'delivery_complaint' },
    fromDay: 0,
    toDay: 90,
  },
  {
    id: 'refused-voucher',
    stepId: 'cart',
    description: 'The voucher of the newsletter is refused in the cart from day 30 to day 48.',
    reason: { kind: 'event', event: 'voucher_refused' },
    fromDay: 30,
    toDay: 48,
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

export function isActive(problem: Problem, calendar: Calendar, timeMs: number): boolean {
  const day = (timeMs - calendar.startMs) / DAY_MS
  return day >= problem.fromDay && day < problem.toDay
}
