import { at, held } from '../at.ts'
import type { JourneyMap } from '@parcurs/domain'
import { shareOf } from '../share.ts'
import type { Period } from '../question.ts'
import type {
  DetailMeasures,
  FoundReason,
  Leak,
  MapMeasures,
  MeasuredEmotion,
  StepMeasures,
} from './living-map.ts'
import type { MapCounts } from './map-counts.ts'

/** What is read beside the journeys, by step in map order. */
export interface StepFacts {
  readonly emotion: MeasuredEmotion
  readonly detail: DetailMeasures | null
  readonly lastEventMs: number | null
  /** Ids of earlier steps. */
  readonly overlaps: readonly string[]
}

const MOST_LEAKS = 10

export function mapMeasures(
  period: Period,
  counts: MapCounts,
  facts: readonly StepFacts[],
  reasons: ReadonlyMap<string, readonly FoundReason[]>,
): MapMeasures {
  const { entrants, completions, inProgress, settled, settledCompletions } = counts
  const steps = counts.steps.map((step, i): StepMeasures => ({ ...step, ...factsOf(facts, i) }))
  return {
    period,
    entrants,
    completions,
    inProgress,
    settled,
    settledCompletions,
    completionShare: shareOf(settledCompletions, settled),
    firstSettlesMs: counts.firstSettlesMs,
    completionEstimate: counts.completionEstimate,
    goalEnded: counts.goalEnded,
    continued: counts.continued,
    goalValue: counts.goalValue,
    stages: counts.stages,
    steps,
    transitions: counts.transitions,
    leaks: leaksOf(steps, reasons),
    conformance: counts.conformance,
    unmapped: counts.unmapped,
    outside: counts.outside,
  }
}

/** What a step says of the map that it links to. */
export function detailMeasures(
  { map, windowDays }: { readonly map: JourneyMap; readonly windowDays: number },
  { entrants, completions, settled, settledCompletions, firstSettlesMs }: MapCounts,
): DetailMeasures {
  return {
    mapId: map.id,
    name: map.name,
    windowDays,
    entrants,
    completions,
    settled,
    settledCompletions,
    completionShare: shareOf(settledCompletions, settled),
    firstSettlesMs,
  }
}

function factsOf(facts: readonly StepFacts[], i: number): StepFacts {
  return at(facts, i)
}

/** Where it costs most: explained leaks by what is explained of the loss, then the others by the loss. */
export function leaksOf(
  steps: readonly StepMeasures[],
  reasons: ReadonlyMap<string, readonly FoundReason[]>,
): readonly Leak[] {
  return steps
    .filter((step) => step.left > 0 && step.movedOn > 0)
    .map((step) => ({ step, found: reasons.get(step.stepId) ?? [] }))
    .toSorted(
      (a, b) =>
        explainedCost(b) - explainedCost(a) ||
        cost(b.step) - cost(a.step) ||
        b.step.left - a.step.left,
    )
    .slice(0, MOST_LEAKS)
    .map(({ step: { stepId, left, leftShare, moneyAtRisk }, found }) => ({
      stepId,
      left,
      leftShare: held(leftShare, 'share of a step that was left'),
      moneyAtRisk,
      reason: found[0] ?? { kind: 'none' },
      reasons: found,
      explained: found[0]?.explained ?? null,
      explainedMoney:
        found[0] === undefined || moneyAtRisk === null
          ? null
          : moneyAtRisk.amount * found[0].explained.share,
    }))
}

function explainedCost(leak: {
  readonly step: StepMeasures
  readonly found: readonly FoundReason[]
}): number {
  return cost(leak.step) * (leak.found[0]?.explained.share ?? 0)
}

function cost({ moneyAtRisk, left }: StepMeasures): number {
  return moneyAtRisk === null ? left : moneyAtRisk.amount
}

/** Ids of the steps by number. */
export function stepIdsOf(map: JourneyMap): readonly string[] {
  return map.stages.flatMap((stage) => stage.steps.map(({ id }) => id))
}
