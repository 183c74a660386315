import type {
  FunnelAnswer,
  LivingMapAnswer,
  MetricsAnswer,
  PathColumnsAnswer,
  PathGraphAnswer,
  RetentionAnswer,
  SessionsAnswer,
  VariantsAnswer,
} from '@parcurs/analytics'
import { z } from 'zod'
import { customerKey } from './customer-fields.ts'
import { instantMs } from './fields.ts'
import { FORMS } from './form.ts'
import { mapMeasures } from './map-measure-fields.ts'
import { datedMapQuestion } from './question-fields.ts'

/** Answers as plain JSON. What each number means stands in docs/definitions.md under the definition's key. */

const count = z.int().min(0)
const share = z.number().min(0).max(1).nullable()
const ms = z.number().nullable()

const definition = z
  .strictObject({
    key: z.string().describe('The section of docs/definitions.md'),
    parameters: z
      .record(z.string(), z.unknown())
      .describe('Every parameter, defaults included, as it was used'),
    timeZone: z.string(),
    nowMs: instantMs.describe('The instant at which the answer was true'),
    sample: z.strictObject({
      unit: z.enum(['customers', 'sessions', 'entries', 'paths', 'values']),
      n: count.describe('How many stand behind the answer'),
      share: z.number().min(0).max(1).describe('Of the customers so many were read; 1: everybody'),
    }),
    read: z
      .strictObject({ rows: count, bytes: count })
      .nullable()
      .describe('What the store looked at; null: it did not say'),
    segments: z
      .array(z.strictObject({ id: z.string(), name: z.string(), version: z.int() }))
      .describe('Saved segments that say whom it asks about, as they were'),
  })
  .meta({ id: 'Definition' })

const timeSummary = z
  .strictObject({ n: count, meanMs: ms, medianMs: ms, p90Ms: ms })
  .meta({ id: 'TimeSummary' })

const funnelCounts = {
  steps: z.array(
    z.strictObject({
      label: z.string(),
      optional: z.boolean(),
      reached: count,
      share,
      shareOfPrevious: share,
      fromPrevious: timeSummary.nullable(),
    }),
  ),
  entered: count,
  converted: count,
  conversionShare: share,
  inProgress: count,
  settledShare: share,
  toConvert: timeSummary.nullable(),
  histogram: z.array(z.strictObject({ fromMs: z.number(), toMs: z.number(), count })).nullable(),
}

export const funnelAnswer = z
  .strictObject({
    version: z.literal(1),
    kind: z.literal('funnel'),
    definition,
    total: z.strictObject(funnelCounts),
    groups: z
      .array(
        z.strictObject({
          value: z.union([z.string(), z.array(z.string())]).nullable(),
          ...funnelCounts,
        }),
      )
      .nullable(),
  })
  .meta({ id: 'FunnelAnswer' }) satisfies z.ZodType<FunnelAnswer>

const pathColumns = z
  .strictObject({
    version: z.literal(1),
    kind: z.literal('paths'),
    view: z.literal('columns'),
    definition,
    paths: count,
    customers: count,
    nodes: z.array(
      z.strictObject({
        key: z.string(),
        column: z.int().min(1),
        item: z.string(),
        reached: count,
        continued: count,
        left: count,
        beyond: count,
      }),
    ),
    edges: z.array(z.strictObject({ from: z.string(), to: z.string(), count, meanMs: z.number() })),
  })
  .meta({ id: 'PathColumnsAnswer' }) satisfies z.ZodType<PathColumnsAnswer>

const pathGraph = z
  .strictObject({
    version: z.literal(1),
    kind: z.literal('paths'),
    view: z.literal('graph'),
    definition,
    customers: count,
    items: z.array(
      z.strictObject({
        item: z.string(),
        count,
        customers: count.nullable(),
        starts: count,
        ends: count,
      }),
    ),
    edges: z.array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        count,
        customers: count.nullable(),
        medianMs: ms,
      }),
    ),
  })
  .meta({ id: 'PathGraphAnswer' }) satisfies z.ZodType<PathGraphAnswer>

export const pathsAnswer = z.discriminatedUnion('view', [pathColumns, pathGraph])

/** A 64-bit number as decimal text: a hash of the names of the items. */
export const variantId = z.string().regex(/^\d{1,20}$/, FORMS.whole)

export const variantsAnswer = z
  .strictObject({
    version: z.literal(1),
    kind: z.literal('variants'),
    definition,
    journeys: count.describe('Journeys, or sessions, with an item'),
    customers: count,
    variants: count.describe('How many different ones there are'),
    once: count.describe('Variants that a single journey has'),
    listed: z
      .array(
        z.strictObject({
          id: variantId.describe('What customers behind it are asked by'),
          items: z.array(z.string()).describe('In order; the first 200 of a longer one'),
          length: count.describe('How many items it has'),
          count: count.describe('Journeys, or sessions, of exactly these items'),
          customers: count,
          share: share.describe('count ÷ journeys'),
          medianMs: z.number().describe('From the first item to the last'),
          examples: z.array(z.strictObject({ customer: customerKey, label: z.string() })),
        }),
      )
      .describe('Most common first'),
    rest: z.strictObject({ variants: count, count, share }).describe('All that are not listed'),
  })
  .meta({ id: 'VariantsAnswer' }) satisfies z.ZodType<VariantsAnswer>

export const sessionsAnswer = z
  .strictObject({
    version: z.literal(1),
    kind: z.literal('sessions'),
    definition,
    sessions: count,
    visitors: count,
    events: count,
    pageViews: count,
    meanDurationMs: ms,
    medianDurationMs: ms,
    p90DurationMs: ms,
    bounced: count,
    bounceShare: share,
    singleEvent: count,
    sessionsPerVisitor: z.number().nullable(),
    durationsMs: z.array(z.number()).nullable(),
  })
  .meta({ id: 'SessionsAnswer' }) satisfies z.ZodType<SessionsAnswer>

const retentionCell = z.strictObject({ returned: count, of: count, share, complete: z.boolean() })

export const retentionAnswer = z
  .strictObject({
    version: z.literal(1),
    kind: z.literal('retention'),
    definition,
    cohorts: z.array(
      z.strictObject({
        fromMs: instantMs,
        toMs: instantMs,
        size: count,
        cells: z.array(retentionCell),
      }),
    ),
    average: z.array(retentionCell),
  })
  .meta({ id: 'RetentionAnswer' }) satisfies z.ZodType<RetentionAnswer>

const rate = z.strictObject({ count, of: count, share })
const abandonment = z.strictObject({ of: count, abandoned: count, share, inProgress: count })
const money = z.number()

export const metricsAnswer = z
  .strictObject({
    version: z.literal(1),
    kind: z.literal('metrics'),
    definition,
    conversion: rate.nullable(),
    bounce: rate.nullable(),
    timeOnPage: z
      .strictObject({
        n: count,
        meanMs: ms,
        medianMs: ms,
        unknown: count,
        pages: z.array(z.strictObject({ page: z.string(), n: count, meanMs: ms, medianMs: ms })),
      })
      .nullable(),
    cartAbandonment: abandonment.nullable(),
    checkoutAbandonment: abandonment.nullable(),
    value: z
      .strictObject({
        currency: z.string(),
        revenue: money,
        refunds: money,
        net: money,
        orders: count,
        buyers: count,
        perOrder: money.nullable(),
        perBuyer: money.nullable(),
        perCustomer: money.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'MetricsAnswer' }) satisfies z.ZodType<MetricsAnswer>

export const livingMapAnswer = z
  .strictObject({
    version: z.literal(1),
    kind: z.literal('living-map'),
    question: datedMapQuestion,
    nowMs: instantMs,
    timeZone: z.string(),
    currency: z.string(),
    simulated: z.boolean(),
    windowDays: z.int().min(1),
    definition,
    measured: mapMeasures,
    firstEventMs: instantMs
      .nullable()
      .describe('The first event of the workspace; null: there is none'),
    compared: mapMeasures
      .nullable()
      .describe(
        'Null where nothing was to be compared, or where that period begins before the first event',
      ),
  })
  .meta({ id: 'LivingMapAnswer' }) satisfies z.ZodType<LivingMapAnswer>
