/** A designed journey: stages › steps. It is read from the map's document. */
export interface JourneyMap {
  readonly id: string
  readonly name: string
  /** Reaching this touchpoint is success. null: no goal chosen, so nothing is at risk and nobody completes. */
  readonly goal: Goal | null
  /** Days a customer has to move on before "in progress" becomes "left". 1–366, default 30. */
  readonly windowDays: number
  readonly stages: readonly Stage[]
  /** Rises with each change. */
  readonly version: number
}

export interface Goal {
  readonly touchpointId: string
  /** True: the goal's events carry money (`value`), so losses can be told in money. */
  readonly valued: boolean
}

export const STAGE_KINDS = [
  'awareness',
  'consideration',
  'purchase',
  'retention',
  'advocacy',
  'own',
] as const
export type StageKind = (typeof STAGE_KINDS)[number]

export interface Stage {
  readonly id: string
  readonly kind: StageKind
  readonly name: string
  readonly steps: readonly Step[]
}

/** A column of the map. */
export interface Step {
  readonly id: string
  readonly name: string
  /** None yet: nothing is measured of it. */
  readonly touchpointIds: readonly string[]
  readonly optional: boolean
  /** Neighbours of one stage with the same mark are alternatives and share one position; null: it has none. */
  readonly alternativeGroup: string | null
  /** Ids of earlier steps that a drawn loop returns to from here. */
  readonly loopsTo: readonly string[]
  /** Coming here again is no way back. */
  readonly repeatable: boolean
  /** The map that tells this step in detail; null: none. */
  readonly detailMapId: string | null
  readonly momentOfTruth: boolean
  /** What the team believes, −2…+2; null: not drawn. */
  readonly believedEmotion: number | null
}

/** A step that is like no other: no alternative, no loop, met once, told by no other map. */
export const PLAIN_STEP = {
  alternativeGroup: null,
  loopsTo: [],
  repeatable: false,
  detailMapId: null,
} as const satisfies Partial<Step>

/** Ids of the maps that steps link to, each once. */
export function detailMapsOf(map: Pick<JourneyMap, 'stages'>): readonly string[] {
  const ids = map.stages.flatMap(({ steps }) => steps.flatMap((step) => step.detailMapId ?? []))
  return [...new Set(ids)]
}

/** The position of each step in map order, from 0: alternatives that stand side by side share one. */
export function mapPositions(map: Pick<JourneyMap, 'stages'>): readonly number[] {
  let position = -1
  return map.stages.flatMap(({ steps }) =>
    steps.map(({ alternativeGroup: group }, i) => {
      if (group === null || steps[i - 1]?.alternativeGroup !== group) position++
      return position
    }),
  )
}

/** What can be measured of a journey: its steps that have a touchpoint. */
export function measurable(map: JourneyMap): JourneyMap {
  return {
    ...map,
    stages: map.stages.map((stage) => ({
      ...stage,
      steps: stage.steps.filter(({ touchpointIds }) => touchpointIds.length > 0),
    })),
  }
}
