import type { JourneyMap } from '@parcurs/domain'
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
}

export interface PlannedStep {
  readonly stepId: string
  readonly stage: number
  readonly optional: boolean
  /** One of its touchpoints is the goal. */
  readonly goal: boolean
  /** Index of the next non-optional step; −1: there is none. */
  readonly next: number
}

const DAY_MS = 86_400_000
const MAX_SLICES = 30

/** Numbers the steps of a map in map order. */
export function planSteps(map: JourneyMap): readonly PlannedStep[] {
  const flat = map.stages.flatMap((stage, index) => stage.steps.map((step) => ({ step, index })))
  return flat.map(({ step, index }, i) => ({
    stepId: step.id,
    stage: index,
    optional: step.optional,
    goal: map.goal !== null && step.touchpointIds.includes(map.goal.touchpointId),
    next: flat.findIndex((later, j) => j > i && !later.step.optional),
  }))
}

/** One slice a day, at most 30, at least one. */
export function slicesOf(period: Period): number {
  const days = Math.round((period.toMs - period.fromMs) / DAY_MS)
  return Math.min(MAX_SLICES, Math.max(1, days))
}
