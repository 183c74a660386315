import {
  type Compared,
  type EventCondition,
  GROUP_KINDS,
  type MatchRule,
  MAX_VALUES,
  operatorsTaking,
  readCondition,
  type SegmentRule,
  URL_OPERATORS,
} from '@parcurs/domain'
import { z } from 'zod'

const text = z.string().max(1000)
const texts = z.array(text).max(100)
const entityId = z.string().min(1).max(60)

/** Every operator of the table for one thing that is compared, each with what it takes. */
function comparison<Shape extends z.core.$ZodShape>(compared: Compared, subject: Shape) {
  return z.discriminatedUnion('op', [
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
  ])
}

const group = z.enum(GROUP_KINDS)
// An empty name in a touchpoint's rule is refused by the domain, with a code that every language has words for.
const anyName = z.string().max(200)
const name = anyName.min(1)
const event = z.strictObject({ kind: z.literal('event'), names: texts })
const channel = z.strictObject({ kind: z.literal('channel'), channels: texts })
const url = z.strictObject({ kind: z.literal('url'), op: z.enum(URL_OPERATORS), value: text })
const property = comparison('property', { kind: z.literal('property'), property: name })
const ruleProperty = comparison('property', {
  kind: z.literal('property'),
  property: anyName,
})
const trait = comparison('trait', { kind: z.literal('trait'), trait: name })
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
    trait,
    z.strictObject({ kind: group, rules: z.array(z.lazy(() => eventCondition)).max(100) }),
  ])
  .meta({ id: 'EventCondition' })

const segmentRule: z.ZodType<SegmentRule, SegmentRule> = z
  .discriminatedUnion('kind', [
    property,
    trait,
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

/** Who is counted. */
export const segment = read(segmentRule)
