import type { Asked, Definition, MatcherAsked } from '../question.ts'
import type { BounceRule } from '../session/session-kernel.ts'

export type MetricName =
  | 'conversion'
  | 'bounce'
  | 'time-on-page'
  | 'cart-abandonment'
  | 'checkout-abandonment'
  | 'value'

/** The usual numbers of a shop. Which events mean what can be said; else GA4's and Segment's names are known. */
export interface MetricsQuestion extends Asked {
  readonly version?: 1
  readonly kind: 'metrics'
  /** Default: all. */
  readonly metrics?: readonly MetricName[]
  /** What conversion means; default a purchase. */
  readonly goal?: MatcherAsked
  readonly purchase?: MatcherAsked
  readonly addToCart?: MatcherAsked
  readonly beginCheckout?: MatcherAsked
  /** The event after which the cart is empty: such a cart is in no abandonment. Default: none is known. */
  readonly emptyCart?: MatcherAsked
  /** Conversion and abandonment per customer (default) or per session. */
  readonly per?: 'customers' | 'sessions'
  /** How long after the last add_to_cart or begin_checkout a purchase may come, default 24 h. */
  readonly abandonAfterMs?: number
  readonly gapMs?: number
  readonly bounce?: BounceRule
}

export interface MetricsAnswer {
  readonly version: 1
  readonly kind: 'metrics'
  readonly definition: Definition
  readonly conversion: RateMetric | null
  readonly bounce: RateMetric | null
  readonly timeOnPage: TimeOnPage | null
  readonly cartAbandonment: AbandonmentMetric | null
  readonly checkoutAbandonment: AbandonmentMetric | null
  readonly value: ValueMetric | null
}

export interface RateMetric {
  readonly count: number
  readonly of: number
  /** count ÷ of; null over nobody. */
  readonly share: number | null
}

export interface AbandonmentMetric {
  /** Had the event and their time to buy is over, or they bought. */
  readonly of: number
  readonly abandoned: number
  /** abandoned ÷ of; null over nobody. */
  readonly share: number | null
  /** Still inside their time and have not bought: in no share. */
  readonly inProgress: number
}

export interface TimeOnPage {
  /** Page views whose time is known. */
  readonly n: number
  readonly meanMs: number | null
  readonly medianMs: number | null
  /** Last pages of their session without foreground time: their time is not known. */
  readonly unknown: number
  /** Most viewed first, at most 25. */
  readonly pages: readonly PageTime[]
}

export interface PageTime {
  readonly page: string
  readonly n: number
  readonly meanMs: number | null
  readonly medianMs: number | null
}

/** Money in units of `currency`; refunds are subtracted, an order id counts once. */
export interface ValueMetric {
  readonly currency: string
  readonly revenue: number
  readonly refunds: number
  readonly net: number
  readonly orders: number
  readonly buyers: number
  /** revenue ÷ orders. */
  readonly perOrder: number | null
  /** net ÷ buyers. */
  readonly perBuyer: number | null
  /** net ÷ customers active in the period. */
  readonly perCustomer: number | null
}
