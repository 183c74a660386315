import { eventsAsked, narrowing, sampleOf } from '../asking/events-asked.ts'
import {
  definitionOf,
  noMaps,
  segmentOf,
  type QuestionContext,
  type QuestionKind,
} from '../asking/question-kind.ts'
import { countOf, type Reads, rowsOf } from '../asking/read.ts'
import { at, held } from '../at.ts'
import { isMisfit, type Misfit } from '../selection/misfit.ts'
import { type Selection, selectedShape } from '../selection/selection.ts'
import { selectionQueries } from '../selection/selection-queries.ts'
import { aroundPeriod } from '../session/session-kernel.ts'
import { foregroundMs } from '../session/session-plan.ts'
import { foregroundQuery, type ReportedRow } from '../session/session-query.ts'
import type { MetricName, MetricsAnswer, MetricsQuestion } from './metric.ts'
import { abandonment, money, rate } from './metric-answer.ts'
import type { MetricsCounted, PageTimesCounted } from './metric-counting.ts'
import {
  metricParameters,
  type MetricsPlan,
  metricCode,
  paidCode,
  rulesOf,
  wantedOf,
} from './metric-plan.ts'
import { type OrdersRow, ordersQuery } from './orders-query.ts'
import { pageCodes } from './page-codes.ts'

export interface MetricsFound {
  /** A row if some event reports foreground time. */
  readonly reported: readonly ReportedRow[]
  readonly counted: MetricsCounted
  /** One row: the money, and who spent it. */
  readonly orders: readonly OrdersRow[]
  readonly pageTimes: PageTimesCounted
}

export const metricsKind: QuestionKind<MetricsQuestion, MetricsPlan, MetricsFound, MetricsAnswer> =
  { mapsOf: noMaps, segmentOf, plan, reads, shape }

function plan(question: MetricsQuestion, context: QuestionContext): MetricsPlan | Misfit {
  const narrowed = narrowing(question, context)
  if (isMisfit(narrowed)) return narrowed
  const code = metricCode(question, context)
  if (isMisfit(code)) return code
  const { period } = narrowed
  const rules = rulesOf(question, period, context.nowMs)
  const wanted = wantedOf(question)
  const abandons = wanted.has('cart-abandonment') || wanted.has('checkout-abandonment')
  const events: Selection = { ...eventsAsked(question, period, context), code }
  // Sessions that began in the period are whole, and carts of it have their time.
  const around = period === null ? null : aroundPeriod(period, abandons ? rules.abandonAfterMs : 0)
  return {
    question,
    period,
    settledMs: abandons ? (period?.toMs ?? Number.POSITIVE_INFINITY) + rules.abandonAfterMs : null,
    wanted,
    rules,
    every: { ...events, period: around },
    paid: { ...events, keep: 'matched', code: paidCode(code) },
  }
}

function reads(
  { wanted, rules, every, paid }: MetricsPlan,
  found: Partial<MetricsFound>,
  context: QuestionContext,
): Reads<MetricsFound> {
  const engaged = wanted.has('bounce') && rules.bounce === 'engaged'
  if ((engaged || wanted.has('time-on-page')) && found.reported === undefined) {
    return { reported: rowsOf(foregroundQuery(context, every)) }
  }
  const reported = reportsForeground(found)
  const columns = (needed: boolean) => (needed ? [foregroundMs()] : [])
  const foreground = reported && engaged
  const selection: Selection = { ...every, columns: columns(foreground) }
  const shape = selectedShape(selection)
  const counted = countOf(
    { kind: 'metrics', shape, rules, foreground },
    selectionQueries(context, selection),
  )
  const orders = wanted.has('value') ? { orders: rowsOf(ordersQuery(context, paid)) } : {}
  if (!wanted.has('time-on-page')) return { counted, ...orders }
  const { byKind, pages } = pageCodes(context.kinds)
  const views: Selection = { ...every, code: { as: 'kinds', byKind }, columns: columns(reported) }
  const pageTimes = countOf(
    {
      kind: 'page-times',
      shape: selectedShape(views),
      gapMs: rules.sessions.gapMs,
      begun: rules.sessions.begun,
      foreground: reported,
      pages,
    },
    selectionQueries(context, views),
  )
  return { counted, pageTimes, ...orders }
}

function shape(
  plan: MetricsPlan,
  found: Partial<MetricsFound>,
  context: QuestionContext,
): MetricsAnswer {
  const { wanted, question } = plan
  const { tally } = held(found.counted, 'counted metrics')
  const has = <T>(name: MetricName, metric: () => T): T | null =>
    wanted.has(name) ? metric() : null
  const sample = sampleOf('customers', tally.customers, question)
  const parameters = metricParameters(plan, reportsForeground(found), context.kinds)
  return {
    version: 1,
    kind: 'metrics',
    definition: definitionOf('metrics', parameters, sample, context),
    conversion: has('conversion', () => rate(tally.converted, tally.units)),
    bounce: has('bounce', () => rate(tally.bounced, tally.sessions)),
    timeOnPage: has('time-on-page', () => held(found.pageTimes, 'counted page times').timeOnPage),
    cartAbandonment: has('cart-abandonment', () => abandonment(tally.cart)),
    checkoutAbandonment: has('checkout-abandonment', () => abandonment(tally.checkout)),
    value: has('value', () =>
      money(at(held(found.orders, 'orders'), 0), tally.customers, context.reading.currency),
    ),
  }
}

function reportsForeground({ reported }: Partial<MetricsFound>): boolean {
  return reported !== undefined && reported.length > 0
}
