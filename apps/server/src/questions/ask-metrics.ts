import {
  type AbandonmentMetric,
  type AbandonmentTally,
  countedAs,
  foregroundMs,
  isMisfit,
  type MatcherAsked,
  type Matching,
  matchingOf,
  type MetricName,
  type MetricsAnswer,
  type MetricsQuestion,
  type MetricTally,
  type Misfit,
  pageNames,
  type Period,
  type RateMetric,
  type Selection,
  SESSION_GAP_MS,
  sessionCode,
  SHOP_EVENTS,
  shareOf,
  type TimeOnPage,
  type ValueMetric,
} from '@parcurs/analytics'
import { type Asking, eventsAsked, periodOf } from './asking.ts'
import { reportsForeground } from './ask-sessions.ts'

const DAY_MS = 86_400_000
const ALL: readonly MetricName[] = [
  'conversion',
  'bounce',
  'time-on-page',
  'cart-abandonment',
  'checkout-abandonment',
  'value',
]

export async function askMetrics(
  question: MetricsQuestion,
  asking: Asking,
): Promise<MetricsAnswer | Misfit> {
  const resolved = periodOf(question.period, asking)
  if (isMisfit(resolved)) return resolved
  const { period } = resolved
  const wanted = new Set(question.metrics ?? ALL)
  const code = metricCode(question, asking)
  if (isMisfit(code)) return code
  const every: Selection = {
    ...eventsAsked(question, period, asking),
    code,
  }
  const bounce = question.bounce ?? 'engaged'
  const foreground =
    (wanted.has('time-on-page') || (wanted.has('bounce') && bounce === 'engaged')) &&
    (await reportsForeground(asking, every))
  const rules = {
    sessions: {
      gapMs: question.gapMs ?? SESSION_GAP_MS,
      midnights: null,
      maxMs: null,
      byValue: false,
      bounded: false,
      bounce,
    },
    bounce,
    per: question.per ?? ('customers' as const),
    abandonAfterMs: question.abandonAfterMs ?? DAY_MS,
    nowMs: asking.nowMs,
  }
  const needsForeground = foreground && wanted.has('bounce') && bounce === 'engaged'
  const selection = {
    ...every,
    columns: needsForeground ? [foregroundMs()] : [],
    money: wanted.has('value'),
  }
  const { tally } = countedAs(
    await asking.count(selection, (shape) => ({
      kind: 'metrics',
      shape,
      rules,
      foreground: needsForeground,
      money: selection.money,
    })),
    'metrics',
  )
  const names = [...wanted]
  const has = <T>(name: MetricName, metric: T): T | null => (wanted.has(name) ? metric : null)
  return {
    version: 1,
    kind: 'metrics',
    definition: {
      key: 'metrics',
      parameters: {
        metrics: names,
        period,
        goal: question.goal ?? question.purchase ?? { event: SHOP_EVENTS.purchase },
        purchase: question.purchase ?? { event: SHOP_EVENTS.purchase },
        addToCart: question.addToCart ?? { event: SHOP_EVENTS.addToCart },
        beginCheckout: question.beginCheckout ?? { event: SHOP_EVENTS.beginCheckout },
        emptyCart: question.emptyCart ?? null,
        per: rules.per,
        abandonAfterMs: rules.abandonAfterMs,
        gapMs: rules.sessions.gapMs,
        bounce,
        foregroundReported: foreground,
        segment: question.segment ?? null,
        where: question.where ?? [],
        unit: question.unit ?? null,
      },
      timeZone: asking.workspace.timeZone,
      nowMs: asking.nowMs,
      sample: { unit: 'customers', n: tally.customers },
    },
    conversion: has('conversion', rate(tally.converted, tally.units)),
    bounce: has('bounce', rate(tally.bounced, tally.sessions)),
    timeOnPage: wanted.has('time-on-page')
      ? await timeOnPage(question, period, asking, foreground, rules.sessions.gapMs)
      : null,
    cartAbandonment: has('cart-abandonment', abandonment(tally.cart)),
    checkoutAbandonment: has('checkout-abandonment', abandonment(tally.checkout)),
    value: has('value', money(tally, asking.reading.currency)),
  }
}

const NOTHING: Matching = { rule: { kind: 'any', rules: [] }, also: [] }

/** The six bits of sessions, then METRIC_BITS in their order. */
function metricCode(question: MetricsQuestion, asking: Asking): Selection['code'] | Misfit {
  const purchase: MatcherAsked = question.purchase ?? { event: SHOP_EVENTS.purchase }
  const session = sessionCode({ keyEvents: [purchase] }, asking.kinds, asking.touchpointRule)
  if (isMisfit(session) || session.as !== 'mask') return session
  const bits: Matching[] = [...session.bits]
  const named: readonly [string, MatcherAsked | null][] = [
    ['goal', question.goal ?? purchase],
    ['addToCart', question.addToCart ?? { event: SHOP_EVENTS.addToCart }],
    ['beginCheckout', question.beginCheckout ?? { event: SHOP_EVENTS.beginCheckout }],
    ['purchase', purchase],
    ['refund', { event: SHOP_EVENTS.refund }],
    ['emptyCart', question.emptyCart ?? null],
  ]
  for (const [place, matcher] of named) {
    const matching = matcher === null ? NOTHING : matchingOf(matcher, asking.touchpointRule)
    if (matching === null) {
      return { place, value: matcher, expected: 'a touchpoint of this workspace' }
    }
    bits.push(matching)
  }
  return { as: 'mask', bits }
}

async function timeOnPage(
  question: MetricsQuestion,
  period: Period | null,
  asking: Asking,
  foreground: boolean,
  gapMs: number,
): Promise<TimeOnPage> {
  const names = new Set(pageNames(asking.kinds))
  const pages: string[] = ['']
  const byKind: number[] = [0]
  for (const kind of asking.kinds) {
    while (byKind.length < kind.code) byKind.push(0)
    const page = kind.path === '' ? kind.name : kind.path
    if (!names.has(kind.name)) byKind[kind.code] = 0
    else {
      const known = pages.indexOf(page, 1)
      byKind[kind.code] = known > 0 ? known : pages.push(page) - 1
    }
  }
  const selection: Selection = {
    ...eventsAsked(question, period, asking),
    code: { as: 'kinds', byKind: Array.from(byKind, (code) => code ?? 0) },
    columns: foreground ? [foregroundMs()] : [],
  }
  return countedAs(
    await asking.count(selection, (shape) => ({
      kind: 'page-times',
      shape,
      gapMs,
      foreground,
      pages,
    })),
    'page-times',
  ).timeOnPage
}

function rate(count: number, of: number): RateMetric {
  return { count, of, share: shareOf(count, of) }
}

function abandonment({ bought, abandoned, inProgress }: AbandonmentTally): AbandonmentMetric {
  const of = bought + abandoned
  return { of, abandoned, share: shareOf(abandoned, of), inProgress }
}

function money(tally: MetricTally, currency: string): ValueMetric {
  const units = (tenThousandths: number): number => tenThousandths / 10_000
  const revenue = units(tally.revenue)
  const refunds = units(tally.refunds)
  const net = units(tally.revenue - tally.refunds)
  return {
    currency,
    revenue,
    refunds,
    net,
    orders: tally.orders,
    buyers: tally.buyers,
    perOrder: shareOf(revenue, tally.orders),
    perBuyer: shareOf(net, tally.buyers),
    perCustomer: shareOf(net, tally.customers),
  }
}
