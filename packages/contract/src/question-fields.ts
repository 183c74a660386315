import type {
  FunnelQuestion,
  DatedMapQuestion,
  LivingMapQuestion,
  MetricsQuestion,
  PathsQuestion,
  PeriodAsked,
  RetentionQuestion,
  SessionsQuestion,
  VariantsQuestion,
} from '@parcurs/analytics'
import { z } from 'zod'
import { FORMS } from './form.ts'
import { condition, matchRule, segment } from './condition-fields.ts'
import { instantMs } from './fields.ts'
import { entityId } from './touchpoint-fields.ts'

/** Questions as plain data. What is left out takes its default; what is not known is refused. */

const DAY_MS = 86_400_000

const name = z.string().max(1000)
const property = z.string().min(1).max(200)
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, FORMS.date)

export const period = z.strictObject({ fromMs: instantMs, toMs: instantMs })

const periodAsked: z.ZodType<PeriodAsked, PeriodAsked> = z.union([
  period,
  z.strictObject({ from: date, to: date }),
  z.strictObject({ lastDays: z.int().min(1).max(3660) }),
])

const matcherFields = {
  /** Event names, one of which must fit; null: any. */
  event: z.union([name, z.array(name).min(1).max(100), z.null()]).exactOptional(),
  touchpoint: entityId.exactOptional(),
  rule: matchRule.exactOptional(),
  where: z.array(condition).max(20).exactOptional(),
}

/** A text is an event's name, null is any event. */
const matcher = z.union([name, z.null(), z.strictObject(matcherFields)])

const step = z.union([
  name,
  z.null(),
  z.strictObject({
    ...matcherFields,
    label: z.string().max(200).exactOptional(),
    optional: z.boolean().exactOptional(),
    firstTime: z.enum(['event', 'matching']).exactOptional(),
  }),
])

const asked = {
  version: z.literal(1).exactOptional(),
  period: periodAsked.nullable().exactOptional(),
  segment: segment.nullable().exactOptional(),
  where: z.array(condition).max(50).exactOptional(),
  unit: z.strictObject({ property }).exactOptional(),
  sample: z
    .number()
    .min(0.001)
    .max(1)
    .exactOptional()
    .describe('Read only this share of the customers, always the same ones'),
}

const windowMs = z
  .int()
  .min(1000)
  .max(366 * DAY_MS)
const gapMs = z.int().min(60_000).max(DAY_MS)
const bounce = z.enum([
  'engaged',
  'one-page',
  'one-page-no-interaction',
  'ten-seconds',
  'one-event',
])
const stepNumber = z.int().min(1).max(20)

export const funnelQuestion = z
  .strictObject({
    ...asked,
    kind: z.literal('funnel'),
    steps: z.array(step).min(2).max(20),
    order: z.enum(['ordered', 'strict', 'strict-repeats', 'any', 'all-first']).exactOptional(),
    strictScope: z.enum(['all-events', 'step-events']).exactOptional(),
    windowMs: windowMs.exactOptional(),
    stepWindows: z
      .strictObject({
        from: z.enum(['previous-step', 'previous-required-step']),
        ms: z.array(windowMs.nullable()).min(2).max(20),
      })
      .exactOptional(),
    entry: z.enum(['any', 'first']).exactOptional(),
    timedBy: z.enum(['earliest-entry', 'first-completion', 'latest-entry']).exactOptional(),
    count: z.enum(['customers', 'sessions', 'totals']).exactOptional(),
    ties: z.enum(['step-order', 'strict-increase']).exactOptional(),
    graceMs: z.int().min(0).max(3_600_000).exactOptional(),
    exclusions: z
      .array(z.strictObject({ ...matcherFields, after: stepNumber, before: stepNumber }))
      .max(10)
      .exactOptional(),
    exclusionEffect: z.enum(['leave', 'remove']).exactOptional(),
    hold: z.array(property).min(1).max(3).exactOptional(),
    holdCounts: z.enum(['customers', 'each-value']).exactOptional(),
    breakdown: z
      .strictObject({
        property: z.union([property, z.array(property).min(1).max(3)]).exactOptional(),
        trait: property.exactOptional(),
        at: z
          .union([
            z.enum(['first-touch', 'last-touch', 'all-events']),
            z.strictObject({ step: stepNumber }),
          ])
          .exactOptional(),
        limit: z.int().min(1).max(200).exactOptional(),
      })
      .exactOptional(),
    times: z.boolean().exactOptional(),
    histogram: z
      .strictObject({
        fromStep: stepNumber.exactOptional(),
        toStep: stepNumber.exactOptional(),
        bins: z.int().min(1).max(200).exactOptional(),
      })
      .exactOptional(),
  })
  .meta({ id: 'FunnelQuestion' }) satisfies z.ZodType<FunnelQuestion>

const items = {
  items: z.union([z.enum(['event', 'name', 'page']), z.strictObject({ property })]).exactOptional(),
  exclude: z.array(name).max(200).exactOptional(),
  group: z.array(name).max(200).exactOptional(),
  stripTrailingSlash: z.boolean().exactOptional(),
}

export const pathsQuestion = z
  .strictObject({
    ...asked,
    kind: z.literal('paths'),
    view: z.enum(['columns', 'graph']).exactOptional(),
    ...items,
    gapMs: z
      .int()
      .min(1000)
      .max(366 * DAY_MS)
      .nullable()
      .exactOptional(),
    runs: z.enum(['collapse', 'keep']).exactOptional(),
    start: name.exactOptional(),
    end: name.exactOptional(),
    through: name.exactOptional(),
    steps: z.int().min(2).max(20).exactOptional(),
    perColumn: z.int().min(1).max(200).nullable().exactOptional(),
    edgeLimit: z.int().min(1).max(10_000).exactOptional(),
    times: z.boolean().exactOptional(),
  })
  .meta({ id: 'PathsQuestion' }) satisfies z.ZodType<PathsQuestion>

export const variantsQuestion = z
  .strictObject({
    ...asked,
    kind: z.literal('variants'),
    ...items,
    per: z.enum(['customers', 'sessions']).exactOptional(),
    gapMs: gapMs.exactOptional().describe('Of sessions: a longer pause begins another one'),
    runs: z.enum(['keep', 'collapse']).exactOptional(),
    limit: z.int().min(1).max(200).exactOptional(),
    examples: z.int().min(0).max(10).exactOptional(),
  })
  .meta({ id: 'VariantsQuestion' }) satisfies z.ZodType<VariantsQuestion>

export const sessionsQuestion = z
  .strictObject({
    ...asked,
    kind: z.literal('sessions'),
    gapMs: gapMs.exactOptional(),
    splitMidnight: z.enum(['no', 'workspace', 'utc']).exactOptional(),
    maxMs: z
      .int()
      .min(60_000)
      .max(366 * DAY_MS)
      .exactOptional(),
    sessionProperty: property.exactOptional(),
    startEvent: matcher.exactOptional(),
    endEvent: matcher.exactOptional(),
    bounce: bounce.exactOptional(),
    keyEvents: z.array(matcher).max(50).exactOptional(),
    list: z.boolean().exactOptional(),
  })
  .meta({ id: 'SessionsQuestion' }) satisfies z.ZodType<SessionsQuestion>

export const retentionQuestion = z
  .strictObject({
    version: asked.version,
    segment: asked.segment,
    where: asked.where,
    unit: asked.unit,
    sample: asked.sample,
    kind: z.literal('retention'),
    target: matcher.exactOptional(),
    returns: matcher.exactOptional(),
    cohort: z.enum(['first', 'first-ever', 'recurring']).exactOptional(),
    mode: z.enum(['on', 'on-or-after']).exactOptional(),
    window: z.enum(['calendar', 'rolling']).exactOptional(),
    interval: z.enum(['hour', 'day', 'week', 'month']).exactOptional(),
    start: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:00)?$/, FORMS.date)
      .exactOptional(),
    cohorts: z.int().min(1).max(120).exactOptional(),
    columns: z.int().min(1).max(120).exactOptional(),
    brackets: z.array(z.int().min(1).max(120)).min(1).max(20).exactOptional(),
    minReturns: z.int().min(1).max(1000).exactOptional(),
  })
  .meta({ id: 'RetentionQuestion' }) satisfies z.ZodType<RetentionQuestion>

export const metricsQuestion = z
  .strictObject({
    ...asked,
    kind: z.literal('metrics'),
    metrics: z
      .array(
        z.enum([
          'conversion',
          'bounce',
          'time-on-page',
          'cart-abandonment',
          'checkout-abandonment',
          'value',
        ]),
      )
      .min(1)
      .max(6)
      .exactOptional(),
    goal: matcher.exactOptional(),
    purchase: matcher.exactOptional(),
    addToCart: matcher.exactOptional(),
    beginCheckout: matcher.exactOptional(),
    emptyCart: matcher.exactOptional(),
    per: z.enum(['customers', 'sessions']).exactOptional(),
    abandonAfterMs: z
      .int()
      .min(60_000)
      .max(366 * DAY_MS)
      .exactOptional(),
    gapMs: gapMs.exactOptional(),
    bounce: bounce.exactOptional(),
  })
  .meta({ id: 'MetricsQuestion' }) satisfies z.ZodType<MetricsQuestion>

const mapFields = {
  version: z.literal(1),
  kind: z.literal('living-map'),
  mapId: entityId,
  segment: segment.nullable(),
  windowDays: z.int().min(1).max(366).nullable(),
} as const

/** As it is answered: with the instants that dates and days stand for. */
export const datedMapQuestion = z
  .strictObject({ ...mapFields, period, compareTo: period.nullable() })
  .meta({ id: 'DatedMapQuestion' }) satisfies z.ZodType<DatedMapQuestion>

export const livingMapQuestion = z
  .strictObject({ ...mapFields, period: periodAsked, compareTo: periodAsked.nullable() })
  .meta({ id: 'LivingMapQuestion' }) satisfies z.ZodType<LivingMapQuestion>
