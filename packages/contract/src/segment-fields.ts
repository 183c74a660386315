import { z } from 'zod'
import { segment } from './condition-fields.ts'
import { customerKey, listedCustomer } from './customer-fields.ts'
import { instantMs, line } from './fields.ts'
import { entityId } from './touchpoint-fields.ts'

const count = z.int().min(0)
/** Null: of nobody. */
const share = z.number().min(0).max(1).nullable()
const text = z.string().trim().max(2000)

/** What the answer's numbers mean, and of when they are. */
const definition = z.strictObject({
  key: z.string().describe('The section of docs/definitions.md'),
  parameters: z.record(z.string(), z.unknown()),
  timeZone: z.string(),
  nowMs: instantMs.describe('The instant at which the answer was true'),
})

/** What a person says of a segment. */
export const segmentBody = z.strictObject({
  name: line,
  description: text.exactOptional(),
  rule: segment,
})

/** Something of the rule that no customer has and no event carries: nothing like this yet. */
export const unknownWord = z.strictObject({
  place: z.string().describe('As in JavaScript: `rule.rules[0].trait`'),
  kind: z.enum(['event', 'property', 'trait', 'channel', 'touchpoint', 'segment', 'list', 'map']),
  name: z.string(),
  nearest: z.array(z.string()).describe('What may have been meant, the likeliest first; at most 3'),
})

export const segmentWatch = z
  .strictObject({
    state: z
      .enum(['off', 'filling', 'kept'])
      .describe('filling: not everybody was looked at yet, so nothing is told'),
    by: z.array(z.string()).describe('What waits for it'),
    sinceMs: instantMs.nullable().describe('Since when entering and leaving are kept; null: off'),
    readToMs: instantMs
      .nullable()
      .describe('Up to when what happened was certainly looked at; null: not yet'),
  })
  .meta({ id: 'SegmentWatch' })

export const savedSegment = z
  .strictObject({
    id: entityId,
    name: z.string(),
    description: z.string(),
    rule: segment,
    fixed: z
      .boolean()
      .describe('A list of customers that changes by nothing: brought as ids, or frozen'),
    version: z
      .int()
      .min(1)
      .describe('Rises with each change of the name, the description or the rule'),
    ruleVersion: z.int().min(1).describe('Rises with each change of the rule: it is counted anew'),
    createdMs: instantMs,
    updatedMs: instantMs,
    owner: z.string().nullable().describe('Who made it; null: a program, or they are gone'),
    watch: segmentWatch,
    size: z
      .strictObject({ customers: count, share, atMs: instantMs })
      .nullable()
      .describe('As last counted; null: never with this rule'),
  })
  .meta({ id: 'SavedSegment' })

export const segmentSize = z.strictObject({
  customers: count,
  everybody: count,
  share,
  definition,
})

/** Null: known by traits alone, without an event yet. */
const member = listedCustomer.extend({
  firstMs: instantMs.nullable(),
  lastMs: instantMs.nullable(),
})

export const segmentPreview = z.strictObject({
  customers: count,
  everybody: count,
  share,
  /** At most five, the latest first. */
  examples: z.array(member),
  unknown: z.array(unknownWord),
  definition,
})

export const segmentMembers = z.strictObject({
  total: count,
  customers: z.array(member),
  /** `after` of the next page; null: this was the last. */
  next: z.string().nullable(),
})

export const segmentExplanation = z.strictObject({
  customer: customerKey,
  label: z.string(),
  member: z.boolean(),
  atMs: instantMs,
  /** Until when the answer holds if nothing more happens; null: for ever. */
  untilMs: instantMs.nullable(),
  /** Every part of the rule, in reading order; the rule itself has the place `rule`. */
  parts: z.array(
    z.strictObject({
      place: z.string().describe('As in JavaScript: `rule.rules[0]`'),
      kind: z.string(),
      holds: z.boolean(),
      untilMs: instantMs.nullable(),
    }),
  ),
  /** The segment's, as it is saved. */
  rule: segment,
})

export const segmentTrend = z.strictObject({
  points: z.array(z.strictObject({ atMs: instantMs, customers: count, everybody: count, share })),
  /** Events and traits up to each instant, and who is who as it is known today. */
  identities: z.literal('today'),
  definition,
})

export const segmentGrowth = z.strictObject({
  fromMs: instantMs,
  toMs: instantMs,
  segments: z.array(
    z.strictObject({
      id: entityId,
      customers: count.describe('At `toMs`'),
      grewBy: z.int().describe('Since `fromMs`, by who is who today; negative: it shrank'),
    }),
  ),
})

export const segmentChange = z.strictObject({
  customer: customerKey,
  label: z.string(),
  atMs: instantMs,
  /** When it was written down; null: it was not, but counted at the ends of the period. */
  toldMs: instantMs.nullable(),
  change: z.enum(['entered', 'left']),
  cause: z
    .enum(['event', 'time', 'rule', 'data', 'identity'])
    .nullable()
    .describe(
      'event: something collected; time: nothing but time; rule: the segment was changed; data: an import or a removal; identity: customers were merged or parted. null: not kept',
    ),
  /** Entered again, or left again, within five minutes: starts nothing more. */
  flap: z.boolean(),
  ruleVersion: z.int(),
})

export const segmentChanges = z.strictObject({
  entered: count,
  left: count,
  /** In it at both ends. */
  stayed: count,
  /** Whether each change was written down when it came about (a watched segment), or both ends were counted. */
  kept: z.boolean(),
  /** The latest first. */
  changes: z.array(segmentChange),
  next: z.string().nullable(),
  definition,
})

export const segmentOverlap = z.strictObject({
  customers: count,
  with: z.array(
    z.strictObject({
      id: entityId,
      name: z.string(),
      customers: count,
      both: count,
      /** Of this segment's customers so many are in the other too. */
      shareOfThis: share,
      shareOfOther: share,
      /** Both over either; null: both are empty. */
      jaccard: share,
    }),
  ),
  definition,
})

const interval = z.strictObject({
  n: count,
  of: count,
  share,
  /** 95 %, Wilson. */
  low: share,
  high: share,
})

export const segmentProfile = z.strictObject({
  customers: count,
  everybody: count,
  /** What sets it apart, the surest first; only what stands after correcting for how much was looked at. */
  marks: z.array(
    z.strictObject({
      kind: z.enum(['trait', 'channel', 'touchpoint']),
      /** The trait's or channel's name; the touchpoint's id. */
      key: z.string(),
      name: z.string(),
      /** The trait's value; null: a channel or a touchpoint was used. */
      value: z.string().nullable(),
      within: interval,
      everybody: interval,
      /** Share within over share of everybody. */
      lift: z.number(),
      /** 95 %. */
      liftLow: z.number(),
      /** Null: no bound can be given. */
      liftHigh: z.number().nullable(),
      /** Chance that so large a difference is none, after Benjamini–Hochberg. */
      corrected: z.number().min(0).max(1),
    }),
  ),
  /** How many were looked at. */
  looked: count,
  definition,
})

export const segmentVersion = z.strictObject({
  version: z.int(),
  ruleVersion: z.int(),
  name: z.string(),
  description: z.string(),
  rule: segment,
  atMs: instantMs,
  by: z.string().nullable(),
})

export const segmentUse = z.strictObject({
  kind: z.enum(['segment', 'watch']),
  /** Of the segment that asks for it; what waits for it. */
  id: z.string(),
  name: z.string(),
})

/** Customers as their list can be asked for: by search, behind a number of a map, in a segment. */
export const customersChosen = z.strictObject({
  search: z.string().max(200).exactOptional(),
  mapId: entityId.exactOptional(),
  stepId: entityId.exactOptional(),
  state: z.enum(['left', 'in-progress', 'moved-on', 'visited']).exactOptional(),
  fromMs: instantMs.exactOptional(),
  toMs: instantMs.exactOptional(),
  windowDays: z.int().min(1).max(366).exactOptional(),
  segment: segment.exactOptional(),
})
