import type { JourneyMap, MapProposal, PLAIN_STEP, Stage, Step } from '@parcurs/domain'
import { z } from 'zod'
import { matchRule } from './condition-fields.ts'
import { line } from './fields.ts'
import { rowId } from './map-document-fields.ts'
import { channel, entityId, presence } from './touchpoint-fields.ts'

const emotion = z.number().min(-2).max(2)

const step = z.strictObject({
  id: rowId,
  name: line,
  /** None yet: nothing is measured of it. */
  touchpointIds: z.array(entityId).max(100),
  optional: z.boolean(),
  /** Neighbours of one stage with the same mark are alternatives and share one position; null: it has none. */
  alternativeGroup: entityId.nullable().default(null),
  /** Ids of earlier steps that a drawn loop returns to from here. */
  loopsTo: z.array(entityId).max(10).default([]),
  /** Coming here again is no way back. */
  repeatable: z.boolean().default(false),
  /** The map that tells this step in detail; null: none. */
  detailMapId: entityId.nullable().default(null),
  momentOfTruth: z.boolean(),
  /** What the team believes, −2…+2; null: not drawn. */
  believedEmotion: emotion.nullable(),
})

export const stageKind = z.enum([
  'awareness',
  'consideration',
  'purchase',
  'retention',
  'advocacy',
  'own',
])

const stage = z.strictObject({
  id: rowId,
  kind: stageKind,
  name: line,
  steps: z.array(step).max(120),
})

/** What a person says of a map. */
export const mapBody = z.strictObject({
  name: line,
  goal: z.strictObject({ touchpointId: entityId, valued: z.boolean() }).nullable(),
  windowDays: z.int().min(1).max(366),
  stages: z.array(stage).max(40),
})

export const journeyMap = mapBody.extend({
  id: entityId,
  version: z.int(),
}) satisfies z.ZodType<JourneyMap>

type StepGiven = Omit<Step, keyof typeof PLAIN_STEP> & {
  readonly [Field in keyof typeof PLAIN_STEP]?: Step[Field] | undefined
}

/** What is left out of a step makes it a plain one. */
type ProposalGiven = Omit<MapProposal, 'stages'> & {
  readonly stages: readonly (Omit<Stage, 'steps'> & { readonly steps: readonly StepGiven[] })[]
}

const proposedTouchpoint = z.strictObject({
  id: entityId,
  name: line,
  channel,
  ownerTeam: z.string().max(200),
  presence,
  rule: matchRule,
  events: z.int(),
  customers: z.int(),
})

/** A map made from data, to accept as it is or changed. */
export const mapProposal: z.ZodType<MapProposal, ProposalGiven> = mapBody.extend({
  touchpoints: z.array(proposedTouchpoint).max(200),
  leftOut: z
    .array(
      z.strictObject({
        event: z.string().max(1000),
        path: z.string().max(2000),
        customers: z.int(),
        why: z.enum(['rare', 'too-many-steps', 'background', 'failure']),
      }),
    )
    .max(1000),
})
