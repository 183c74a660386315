import {
  type Compared,
  type EventCondition,
  type EventRule,
  GROUP_KINDS,
  type MatchRule,
  MAP_STATES,
  MAX_VALUES,
  operatorsTaking,
  readCondition,
  readSegment,
  type SegmentRule,
  URL_OPERATORS,
  WINDOW_UNITS,
} from '@parcurs/domain'
import { z } from 'zod'

const text = z.string().max(1000)
const texts = z.array(text).max(100)
const entityId = z.string().min(1).max(60)

/** Every operator of the table for one thing that is compared, each with what it takes. */
function comparisons<What extends Compared, Shape extends z.core.$ZodShape>(
  compared: What,
  subject: Shape,
) {
  return [
    z.strictObject({ ...subject, op: z.enum(operatorsTaking('text', compared)), value: text }),
    z.strictObject({ ...subject, op: z.enum(operatorsTaking('number', compared)), value: text }),
    z.strictObject({
      ...subject,
      op: z.enum(operatorsTaking('texts', compared)),
      values: z.array(text).max(MAX_VALUES),
    }),
    z.strictObject({
      ...subject,
      op: z.enum(operatorsTaking('range', compared)),
      least: text,
      most: text,
    }),
    z.strictObject({ ...subject, op: z.enum(operatorsTaking('none', compared)) }),
  ] as const
}

const group = z.enum(GROUP_KINDS)
// An empty name in a touchpoint's rule is refused by the domain, with a code that every language has words for.
const anyName = z.string().max(200)
const name = anyName.min(1)
const event = z.strictObject({ kind: z.literal('event'), names: texts })
const channel = z.strictObject({ kind: z.literal('channel'), channels: texts })
const url = z.strictObject({ kind: z.literal('url'), op: z.enum(URL_OPERATORS), value: text })
const property = z.discriminatedUnion(
  'op',
  comparisons('property', { kind: z.literal('property'), property: name }),
)
const ruleProperty = z.discriminatedUnion(
  'op',
  comparisons('property', { kind: z.literal('property'), property: anyName }),
)
const customer = { kind: z.literal('trait'), trait: name }
const plainTrait = z.discriminatedUnion('op', comparisons('property', customer))
const trait = z.discriminatedUnion('op', [
  ...comparisons('trait', customer),
  z.strictObject({ ...customer, op: z.enum(operatorsTaking('date', 'trait')), value: text }),
  z.strictObject({ ...customer, op: z.enum(operatorsTaking('days', 'trait')), days: z.number() }),
])
const touchpoint = z.strictObject({ kind: z.literal('touchpoint'), touchpoint: entityId })

const eventRule: z.ZodType<MatchRule, MatchRule> = z
  .discriminatedUnion('kind', [
    event,
    channel,
    url,
    ruleProperty,
    z.strictObject({ kind: group, rules: z.array(z.lazy(() => eventRule)).max(100) }),
  ])
  .meta({ id: 'MatchRule' })

const eventCondition: z.ZodType<EventCondition, EventCondition> = z
  .discriminatedUnion('kind', [
    event,
    channel,
    url,
    property,
    touchpoint,
    plainTrait,
    z.strictObject({ kind: group, rules: z.array(z.lazy(() => eventCondition)).max(100) }),
  ])
  .meta({ id: 'EventCondition' })

const eventOfSegment: z.ZodType<EventRule, EventRule> = z
  .discriminatedUnion('kind', [
    event,
    channel,
    url,
    property,
    touchpoint,
    z.strictObject({ kind: group, rules: z.array(z.lazy(() => eventOfSegment)).max(100) }),
  ])
  .meta({ id: 'EventRule' })

const numberTest = z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['gte', 'lte', 'eq']), value: z.number() }),
  z.strictObject({ op: z.literal('between'), least: z.number(), most: z.number() }),
])

const date = z.string().max(10)
const window = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['ever', 'question']) }),
    z.strictObject({ kind: z.literal('hours'), n: z.number() }),
    z.strictObject({
      kind: z.enum(['last', 'next']),
      n: z.number(),
      unit: z.enum(WINDOW_UNITS),
    }),
    z.strictObject({ kind: z.literal('between'), from: date, to: date }),
    z.strictObject({ kind: z.enum(['before', 'after']), date }),
  ])
  .meta({ id: 'SegmentWindow' })

const ofProperty = z.strictObject({ kind: z.literal('property'), property: name })
const happened = { event: eventOfSegment, window }

const segmentRule: z.ZodType<SegmentRule, SegmentRule> = z
  .discriminatedUnion('kind', [
    trait,
    z.strictObject({ kind: z.literal('did'), ...happened, times: numberTest }),
    z.strictObject({
      kind: z.literal('amount'),
      amount: z.enum(['sum', 'average', 'smallest', 'largest']),
      of: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('value') }), ofProperty]),
      ...happened,
      test: numberTest,
    }),
    z.strictObject({
      kind: z.literal('distinct'),
      of: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('days') }), ofProperty]),
      ...happened,
      test: numberTest,
    }),
    z.strictObject({ kind: z.enum(['first', 'last']), ...happened }),
    z.strictObject({
      kind: z.literal('sequence'),
      steps: z.array(eventOfSegment).max(10),
      stepWithinMs: z.number().nullable(),
      withinMs: z.number().nullable(),
      without: eventOfSegment.nullable(),
      window,
    }),
    z.strictObject({
      kind: z.literal('on-map'),
      map: entityId,
      version: z.int(),
      state: z.enum(MAP_STATES),
      step: entityId.nullable(),
      window,
    }),
    z.strictObject({
      kind: z.literal('said'),
      scale: z.enum(['csat', 'nps', 'ces', 'sentiment']),
      which: z.enum(['latest', 'any']),
      test: numberTest.nullable(),
      words: text.nullable(),
      touchpoint: entityId.nullable(),
      window,
    }),
    z.strictObject({ kind: z.literal('in'), of: z.enum(['segment', 'list']), id: entityId }),
    z.strictObject({ kind: group, rules: z.array(z.lazy(() => segmentRule)).max(100) }),
  ])
  .meta({ id: 'SegmentRule' })

/** The other ways to write a condition are read here, once: what lies behind knows one. */
function read<Condition>(schema: z.ZodType<Condition, Condition>) {
  return z.preprocess<unknown, typeof schema, Condition>(readCondition, schema)
}

/** Which events are a touchpoint: all, any or none of conditions on name, channel, path and properties. */
export const matchRule = read(eventRule)

/** Which events a question means: also by touchpoint, and by traits of their customer. */
export const condition = read(eventCondition)

/** Who is meant. */
export const segment = z.preprocess<unknown, typeof segmentRule, SegmentRule>(
  readSegment,
  segmentRule,
)
