import type { EventKind } from '@parcurs/domain'
import {
  NOTHING,
  type Planned,
  type QuestionContext,
  touchpointRule,
} from '../asking/question-kind.ts'
import { at } from '../at.ts'
import type { MatcherAsked, Period } from '../question.ts'
import { type Matching, matchingOf } from '../selection/matching.ts'
import { isMisfit, type Misfit } from '../selection/misfit.ts'
import type { Selection, SelectionCode } from '../selection/selection.ts'
import { SESSION_GAP_MS } from '../session/session-kernel.ts'
import { sessionCode } from '../session/session-plan.ts'
import type { MetricName, MetricsQuestion } from './metric.ts'
import { METRIC_BITS, type MetricRules } from './metric-kernel.ts'
import type { PaidSelection } from './orders-query.ts'
import { type ShopMeaning, shopNames } from './shop-events.ts'

export interface MetricsPlan extends Planned {
  readonly question: MetricsQuestion
  readonly wanted: ReadonlySet<MetricName>
  readonly rules: MetricsRules
  readonly every: Selection
  /** Purchases are bit 0, refunds bit 1. */
  readonly paid: PaidSelection
}

export type MetricsRules = MetricRules & {
  readonly sessions: MetricRules['sessions'] & { readonly gapMs: number }
}

const DAY_MS = 86_400_000
const ALL: readonly MetricName[] = [
  'conversion',
  'bounce',
  'time-on-page',
  'cart-abandonment',
  'checkout-abandonment',
  'value',
]

export function wantedOf({ metrics = ALL }: MetricsQuestion): ReadonlySet<MetricName> {
  return new Set(metrics)
}

export function rulesOf(
  question: MetricsQuestion,
  period: Period | null,
  nowMs: number,
): MetricsRules {
  const bounce = question.bounce ?? 'engaged'
  return {
    sessions: {
      gapMs: question.gapMs ?? SESSION_GAP_MS,
      midnights: null,
      maxMs: null,
      byValue: false,
      bounded: false,
      bounce,
      begun: period,
    },
    bounce,
    per: question.per ?? 'customers',
    abandonAfterMs: question.abandonAfterMs ?? DAY_MS,
    nowMs,
  }
}

type MaskCode = Extract<SelectionCode, { readonly as: 'mask' }>

/** The six bits of sessions, then METRIC_BITS in their order. */
export function metricCode(question: MetricsQuestion, context: QuestionContext): MaskCode | Misfit {
  const rule = touchpointRule(context)
  const { purchase, goal, addToCart, beginCheckout, emptyCart } = meanings(question, context.kinds)
  const session = sessionCode({ keyEvents: [purchase] }, context.kinds, rule)
  if (isMisfit(session)) return session
  const bits: Matching[] = [...session.bits]
  const named: readonly [string, MatcherAsked | null][] = [
    ['goal', goal],
    ['addToCart', addToCart],
    ['beginCheckout', beginCheckout],
    ['purchase', purchase],
    ['refund', { event: shopNames(context.kinds, 'refund') }],
    ['emptyCart', emptyCart],
  ]
  for (const [place, matcher] of named) {
    const matching = matcher === null ? NOTHING : matchingOf(matcher, rule)
    if (matching === null) {
      return { place, value: matcher, expected: 'a touchpoint of this workspace' }
    }
    bits.push(matching)
  }
  return { as: 'mask', bits }
}

/** Of the same bits the purchases and the refunds. */
export function paidCode({ bits }: MaskCode): MaskCode {
  const paid = [METRIC_BITS.purchase, METRIC_BITS.refund].map((bit) => at(bits, Math.log2(bit)))
  return { as: 'mask', bits: paid }
}

export function metricParameters(
  { question, period, wanted, rules }: MetricsPlan,
  foregroundReported: boolean,
  kinds: readonly EventKind[],
): Readonly<Record<string, unknown>> {
  return {
    metrics: [...wanted],
    period,
    ...meanings(question, kinds),
    per: rules.per,
    abandonAfterMs: rules.abandonAfterMs,
    gapMs: rules.sessions.gapMs,
    bounce: rules.bounce,
    foregroundReported,
    segment: question.segment ?? null,
    where: question.where ?? [],
    unit: question.unit ?? null,
    sample: question.sample ?? 1,
  }
}

/** Which events mean what; null: none does. */
function meanings(question: MetricsQuestion, kinds: readonly EventKind[]) {
  const called = (meaning: ShopMeaning) => ({ event: shopNames(kinds, meaning) })
  const purchase: MatcherAsked = question.purchase ?? called('purchase')
  return {
    goal: question.goal ?? purchase,
    purchase,
    addToCart: question.addToCart ?? called('addToCart'),
    beginCheckout: question.beginCheckout ?? called('beginCheckout'),
    emptyCart: question.emptyCart ?? null,
  }
}
