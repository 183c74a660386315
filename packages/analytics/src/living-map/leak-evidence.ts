import type { SampledCustomer } from './customer-sample.ts'
import type { UnmappedGroup } from './map-measures.ts'
import type { MapTally } from './map-tally.ts'

/** Something customers did or had: how many of those who left, and of those who moved on. */
export interface Contrast {
  readonly left: number
  readonly moved: number
}

/** What the journeys know about a step that customers leave. */
export interface LeakEvidence {
  readonly stepId: string
  readonly left: number
  readonly moved: number
  readonly events: readonly (Contrast & UnmappedGroup)[]
  readonly backs: readonly (Contrast & { readonly toStepId: string })[]
  /** By slice of the period: customers, and those of them who moved on soon. */
  readonly slices: readonly {
    readonly fromMs: number
    readonly customers: number
    readonly moved: number
  }[]
  /** Slices before this had time to move on. */
  readonly ripeSlices: number
  /** For what the journeys do not hold: their events are looked up. */
  readonly leftSample: readonly SampledCustomer[]
  readonly movedSample: readonly SampledCustomer[]
}

/** Fewer who left say nothing. */
export const FEWEST_LEFT = 30
/** Steps looked into, those with the most customers lost first. */
const MOST_STEPS = 12

/** @returns steps that enough customers left, most lost first */
export function leakEvidence(
  tally: MapTally,
  groups: readonly UnmappedGroup[],
): readonly LeakEvidence[] {
  const { steps, slices, period, nowMs, sampleSize } = tally.plan
  const sliceMs = (period.toMs - period.fromMs) / slices
  const ripeSlices = Math.floor(
    (Math.min(nowMs, period.toMs + tally.plan.windowMs) - tally.soonMs - period.fromMs) / sliceMs,
  )
  return steps
    .map((step, i) => ({ step, i, left: tally.left[i]!, moved: tally.movedOn[i]! }))
    .filter(({ left, moved }) => left >= FEWEST_LEFT && moved > 0)
    .toSorted((a, b) => b.left - a.left)
    .slice(0, MOST_STEPS)
    .map(({ step, i, left, moved }) => ({
      stepId: step.stepId,
      left,
      moved,
      events: groups
        .map(({ event, path }, g) => ({
          event,
          path,
          left: tally.leftDid[i * groups.length + g]!,
          moved: tally.movedDid[i * groups.length + g]!,
        }))
        .filter((did) => did.left > 0),
      backs: steps
        .slice(0, i)
        .map((to, t) => ({
          toStepId: to.stepId,
          left: tally.leftBack[i * steps.length + t]!,
          moved: tally.movedBack[i * steps.length + t]!,
        }))
        .filter((back) => back.left > 0),
      slices: Array.from({ length: slices }, (_, s) => ({
        fromMs: period.fromMs + s * sliceMs,
        customers: tally.sliceCustomers[i * slices + s]!,
        moved: tally.sliceMoved[i * slices + s]!,
      })),
      ripeSlices: Math.max(0, Math.min(slices, ripeSlices)),
      leftSample: tally.leftSample[i]!.kept(sampleSize),
      movedSample: tally.movedSample[i]!.kept(sampleSize),
    }))
}
