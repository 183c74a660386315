import { type JourneyMap, mapPositions } from '@parcurs/domain'
import { at } from '../at.ts'
import type { Period } from '../question.ts'

/** A map as the kernel sees it: numbers in place of ids. */
export interface MapPlan {
  readonly steps: readonly PlannedStep[]
  readonly stageCount: number
  readonly period: Period
  readonly nowMs: number
  readonly windowMs: number
  /** How many groups of unmapped behaviour the codes may name. */
  readonly unmappedGroups: number
  /** Slices of the period for the trend, 1–30. */
  readonly slices: number
  /** Largest number of customers kept for each step and state; 0 keeps none. */
  readonly sampleSize: number
  /**
   * The tally is kept and corrected by what changes: it holds what can be taken out again, and who is settled up to
   * this instant. null: it is told and forgotten.
   */
  readonly keptUntilMs: number | null
}

export interface PlannedStep {
  readonly stepId: string
  readonly stage: number
  readonly optional: boolean
  /** One of its touchpoints is the goal. */
  readonly goal: boolean
  /** Its place in the order of the map, from 0; alternatives share one. */
  readonly position: number
  /** The next position that may not be skipped; −1: there is none. */
  readonly next: number
  /** Positions that a drawn loop returns to from here. */
  readonly loops: readonly number[]
  /** Coming here again is no way back. */
  readonly repeatable: boolean
}

const DAY_MS = 86_400_000
const MAX_SLICES = 30

/** Numbers the steps of a map in map order, and their positions. */
export function planSteps(map: JourneyMap): readonly PlannedStep[] {
  const flat = map.stages.flatMap((stage, index) => stage.steps.map((step) => ({ step, index })))
  const positions = mapPositions(map)
  const obligatory = obligatoryPositions(
    flat.map(({ step: { optional } }, i) => ({ optional, position: at(positions, i) })),
  )
  return flat.map(({ step, index }, i) => {
    const position = at(positions, i)
    return {
      stepId: step.id,
      stage: index,
      optional: step.optional,
      goal: map.goal !== null && step.touchpointIds.includes(map.goal.touchpointId),
      position,
      next: obligatory.find((later) => later > position) ?? -1,
      loops: step.loopsTo.flatMap((id) => {
        const to = flat.findIndex((other) => other.step.id === id)
        return to < 0 ? [] : [at(positions, to)]
      }),
      repeatable: step.repeatable,
    }
  })
}

/** Positions that may not be skipped, in order: one of their alternatives is not optional. */
export function obligatoryPositions(
  steps: readonly Pick<PlannedStep, 'position' | 'optional'>[],
): readonly number[] {
  return [...new Set(steps.flatMap((step) => (step.optional ? [] : [step.position])))]
}

/** One slice a day, at most 30, at least one. */
export function slicesOf(period: Period): number {
  const days = Math.round((period.toMs - period.fromMs) / DAY_MS)
  return Math.min(MAX_SLICES, Math.max(1, days))
}
