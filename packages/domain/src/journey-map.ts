/** A designed journey: stages › steps. What is stored in `maps.document`. */
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

export type StageKind =
  | 'awareness'
  | 'consideration'
  | 'purchase'
  | 'retention'
  | 'advocacy'
  | 'own'

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
  /** At least one. */
  readonly touchpointIds: readonly string[]
  readonly optional: boolean
  readonly momentOfTruth: boolean
  /** What the team believes, −2…+2; null: not drawn. */
  readonly believedEmotion: number | null
}
