import type { FoundReason, LeakReason, MapMeasures } from '@parcurs/analytics'
import { z } from 'zod'
import { instantMs } from './fields.ts'
import { period } from './question-fields.ts'

const count = z.int().min(0)
const share = z.number().min(0).max(1).nullable()
const part = z.number().min(0).max(1)
const ms = z.number().nullable()

const moneyAtRisk = z
  .strictObject({
    amount: z.number(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    n: count,
  })
  .nullable()

const emotion = z.number().min(-2).max(2).nullable()

const behaviour = z.strictObject({
  event: z.string(),
  path: z.string(),
  customers: count,
  events: count,
})

const explained = z
  .strictObject({ share: part, low: part, high: part })
  .describe('Part of the loss, with its 95 % interval')

const foundReason: z.ZodType<FoundReason, FoundReason> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('event'),
    event: z.string(),
    leftShare: part,
    movedShare: part,
    explained,
  }),
  z.strictObject({
    kind: z.literal('property'),
    property: z.string(),
    value: z.string(),
    leftShare: part,
    movedShare: part,
    explained,
  }),
  z.strictObject({
    kind: z.literal('trait'),
    trait: z.string(),
    value: z.string(),
    leftShare: part,
    movedShare: part,
    explained,
  }),
  z.strictObject({
    kind: z.literal('way-back'),
    toStepId: z.string(),
    share: part,
    movedShare: part,
    explained,
  }),
  z.strictObject({
    kind: z.literal('worse-since'),
    sinceMs: z.number(),
    before: part,
    after: part,
    explained,
  }),
])

const leakReason: z.ZodType<LeakReason, LeakReason> = z.union([
  z.strictObject({ kind: z.literal('none') }),
  foundReason,
])

const stepMeasures = z.strictObject({
  stepId: z.string(),
  customers: count,
  visits: count,
  movedOn: count,
  movedOnShare: share,
  reachedNext: count.nullable(),
  nextShare: share,
  wentBack: count,
  wentBackShare: share,
  left: count,
  leftShare: share,
  settled: count,
  firstSettlesMs: instantMs.nullable(),
  outcome: z.strictObject({
    movedOn: count,
    wentBack: count,
    wentAround: count,
    ended: count,
    stopped: count,
  }),
  inProgress: count,
  medianToNextMs: ms,
  p90ToNextMs: ms,
  instead: z.array(behaviour),
  moneyAtRisk,
  emotion: z.strictObject({ mean: emotion, low: emotion, high: emotion, n: count }),
  detail: z
    .strictObject({
      mapId: z.string(),
      name: z.string(),
      windowDays: z.int(),
      entrants: count,
      completions: count,
      settled: count,
      settledCompletions: count,
      completionShare: share,
      firstSettlesMs: instantMs.nullable(),
    })
    .nullable(),
  lastEventMs: instantMs.nullable(),
  overlaps: z.array(z.string()),
  trend: z.array(count),
})

/** Every number of a map over one period. */
export const mapMeasures = z
  .strictObject({
    period,
    entrants: count,
    completions: count,
    inProgress: count,
    settled: count,
    settledCompletions: count,
    completionShare: share,
    firstSettlesMs: instantMs.nullable(),
    completionEstimate: z.strictObject({ share: part, low: share, high: share }).nullable(),
    goalEnded: count,
    continued: count,
    goalValue: z.number().nullable(),
    stages: z.array(z.strictObject({ stageId: z.string(), customers: count })),
    steps: z.array(stepMeasures),
    transitions: z.array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        count,
        customers: count,
        medianMs: z.number(),
      }),
    ),
    leaks: z.array(
      z.strictObject({
        stepId: z.string(),
        left: count,
        leftShare: part,
        moneyAtRisk,
        reason: leakReason,
        reasons: z.array(foundReason),
        explained: explained.nullable(),
        explainedMoney: z
          .number()
          .nullable()
          .describe('That part of the money at risk: explained leaks are ranked by it'),
      }),
    ),
    conformance: z.strictObject({
      finished: count,
      conforming: count,
      share,
      meanFitness: share,
    }),
    unmapped: z.array(behaviour),
    outside: count,
  })
  .meta({ id: 'MapMeasures' }) satisfies z.ZodType<MapMeasures>
