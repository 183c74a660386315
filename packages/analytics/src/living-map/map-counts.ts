import { at } from '../at.ts'
import { type CompletionEstimate, completionEstimate } from './completion-estimate.ts'
import type { SampledCustomer } from './customer-sample.ts'
import { type LeakEvidence, leakEvidence } from './leak-evidence.ts'
import type {
  ConformanceMeasure,
  StageMeasures,
  TransitionMeasure,
  UnmappedBehaviour,
} from './living-map.ts'
import {
  conformance,
  instead,
  settlesMs,
  type StepCounts,
  stageMeasures,
  stepCounts,
  transitions,
  type UnmappedGroup,
  unmapped,
} from './map-measures.ts'
import type { MapTally } from './map-tally.ts'

/** All that the journeys say, as plain data: what the counting thread hands back. */
export interface MapCounts {
  readonly entrants: number
  readonly completions: number
  readonly inProgress: number
  readonly goalEnded: number
  readonly continued: number
  readonly outside: number
  readonly settled: number
  readonly settledCompletions: number
  readonly firstSettlesMs: number | null
  readonly completionEstimate: CompletionEstimate | null
  /** Units of the currency; null: the goal has no value. */
  readonly goalValue: number | null
  readonly stages: readonly StageMeasures[]
  readonly steps: readonly (StepCounts & { readonly instead: readonly UnmappedBehaviour[] })[]
  readonly transitions: readonly TransitionMeasure[]
  readonly conformance: ConformanceMeasure
  readonly unmapped: readonly UnmappedBehaviour[]
  /** For finding out why customers leave. */
  readonly evidence: readonly LeakEvidence[]
  /** The customers behind one number, as asked for; null: none were. */
  readonly listed: ListedCustomers | null
}

/** Which customers of a step. */
export type StepState = 'left' | 'in-progress' | 'moved-on' | 'visited'

export interface ListedCustomers {
  /** How many there are; as many as the plan's `sampleSize` are named. */
  readonly total: number
  readonly customers: readonly SampledCustomer[]
}

export interface CountNames {
  readonly stageIds: readonly string[]
  readonly groups: readonly UnmappedGroup[]
  /** The goal has a value. */
  readonly valued: boolean
  /** Whose customers to name; absent: nobody's. */
  readonly list?: { readonly step: number; readonly state: StepState }
}

const MOST_UNMAPPED = 20
const MOST_INSTEAD = 5
const MONEY_SCALE = 10_000

export function mapCounts(
  tally: MapTally,
  { stageIds, groups, valued, list }: CountNames,
): MapCounts {
  const { entrants, completions, inProgress, goalEnded, continued, outside } = tally
  return {
    entrants,
    completions,
    inProgress,
    goalEnded,
    continued,
    outside,
    settled: tally.settledEntrants,
    settledCompletions: tally.settledCompletions,
    firstSettlesMs: tally.settledEntrants > 0 ? null : settlesMs(tally, tally.firstEntry[0]!),
    completionEstimate: completionEstimate(tally.completedParts, tally.openParts, entrants),
    goalValue: valued ? tally.goalMoney / MONEY_SCALE : null,
    stages: stageMeasures(tally, stageIds),
    steps: stepCounts(tally, valued).map((step, i) => ({
      ...step,
      instead: instead(tally, i, groups, MOST_INSTEAD),
    })),
    transitions: transitions(tally),
    conformance: conformance(tally),
    unmapped: unmapped(tally, groups, MOST_UNMAPPED),
    evidence: leakEvidence(tally, groups),
    listed: list === undefined ? null : listed(tally, list.step, list.state),
  }
}

function listed(tally: MapTally, step: number, state: StepState): ListedCustomers {
  const total = {
    left: tally.left,
    'in-progress': tally.open,
    'moved-on': tally.movedOn,
    visited: tally.customers,
  }[state]
  const sample = {
    left: tally.leftSample,
    'in-progress': tally.openSample,
    'moved-on': tally.movedSample,
    visited: tally.visitedSample,
  }[state]
  return { total: at(total, step), customers: at(sample, step).kept(tally.plan.sampleSize) }
}
