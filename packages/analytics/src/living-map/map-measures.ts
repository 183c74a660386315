import { shareOf } from '../share.ts'
import {
  BOOTSTRAP_GROUPS,
  type BootstrapDraws,
  bootstrapDraws,
  bootstrapMean,
} from './bootstrap.ts'
import type {
  ConformanceMeasure,
  MoneyAtRisk,
  StageMeasures,
  StepMeasures,
  TransitionMeasure,
  UnmappedBehaviour,
} from './living-map.ts'
import type { StepFacts } from './map-answer.ts'
import type { MapTally } from './map-tally.ts'

/** What the journeys alone say of a step; the rest is read elsewhere. */
export type StepCounts = Omit<StepMeasures, 'instead' | keyof StepFacts>

/** What unmapped behaviour a group number stands for. */
export interface UnmappedGroup {
  readonly event: string
  readonly path: string
}

/** Money inside is in ten-thousandths; outside in units of the currency. */
const MONEY_SCALE = 10_000
/** A fixed seed: the same journeys give the same interval. */
const SEED = 0x9e3779b9
const FEWEST_FOR_INTERVAL = 5

export function stepCounts(tally: MapTally, valued: boolean): readonly StepCounts[] {
  const { slices } = tally.plan
  const draws = valued ? bootstrapDraws(SEED) : null
  return tally.plan.steps.map((step, i) => {
    const customers = tally.customers[i]!
    const movedOn = tally.movedOn[i]!
    const reachedNext = step.next < 0 ? null : tally.reachedNext[i]!
    const wentBack = tally.wentBack[i]!
    const left = tally.left[i]!
    const settled = tally.settled[i]!
    const went = tally.settledOn[i]!
    const returned = tally.settledReturned[i]!
    const ended = tally.settledEnded[i]!
    const around = tally.settledAround[i]!
    const last = step.position === tally.plan.steps.at(-1)?.position
    return {
      stepId: step.stepId,
      customers,
      visits: tally.visits[i]!,
      movedOn,
      movedOnShare: last ? null : shareOf(went, settled),
      reachedNext,
      nextShare: reachedNext === null ? null : shareOf(tally.settledNext[i]!, settled),
      wentBack,
      wentBackShare: shareOf(tally.settledBack[i]!, settled),
      left,
      leftShare: shareOf(left, settled),
      settled,
      firstSettlesMs: settled > 0 ? null : settlesMs(tally, tally.firstAnchor[i]!),
      outcome: {
        movedOn: went,
        wentBack: returned,
        wentAround: around,
        ended,
        stopped: settled - went - returned - around - ended,
      },
      inProgress: tally.open[i]!,
      medianToNextMs: tally.nextTimes.quantile(i, 0.5),
      p90ToNextMs: tally.nextTimes.quantile(i, 0.9),
      moneyAtRisk: draws === null ? null : moneyAtRisk(tally, i, draws),
      trend: Array.from(tally.sliceCustomers.subarray(i * slices, (i + 1) * slices)),
    }
  })
}

/** When the window after this instant is over; null: nobody was there. */
export function settlesMs({ plan }: MapTally, sinceStartMs: number): number | null {
  return Number.isFinite(sinceStartMs)
    ? plan.period.fromMs + sinceStartMs + plan.windowMs + 1
    : null
}

/** left × mean goal value of those who moved on; the interval scales with `left`. null: nobody moved on, so there is no mean. */
export function moneyAtRisk(
  tally: MapTally,
  step: number,
  draws: BootstrapDraws,
): MoneyAtRisk | null {
  const from = step * BOOTSTRAP_GROUPS
  const to = from + BOOTSTRAP_GROUPS
  const left = tally.left[step]!
  const counts = tally.groupCounts.subarray(from, to)
  const n = counts.reduce((sum, count) => sum + count, 0)
  const mean = bootstrapMean(counts, tally.groupMoney.subarray(from, to), draws)
  if (mean === null) return null
  const scale = left / MONEY_SCALE
  const amount = mean.mean * scale
  if (n < FEWEST_FOR_INTERVAL) return { amount, low: null, high: null, n }
  return { amount, low: mean.low * scale, high: mean.high * scale, n }
}

export function stageMeasures(
  tally: MapTally,
  stageIds: readonly string[],
): readonly StageMeasures[] {
  return stageIds.map((stageId, i) => ({ stageId, customers: tally.stageCustomers[i]! }))
}

/** By customers, descending; map order among equals. */
export function transitions(tally: MapTally): readonly TransitionMeasure[] {
  const { steps } = tally.plan
  const edges = steps.flatMap((from, f) =>
    steps.flatMap((to, t) => {
      const edge = f * steps.length + t
      const medianMs = tally.edgeTimes.quantile(edge, 0.5)
      if (medianMs === null) return []
      const count = tally.edgeCounts[edge]!
      const customers = tally.edgeCustomers[edge]!
      return [{ from: from.stepId, to: to.stepId, count, customers, medianMs }]
    }),
  )
  return edges.toSorted((a, b) => b.customers - a.customers)
}

export function conformance(tally: MapTally): ConformanceMeasure {
  const { finished, conforming, fitness } = tally
  return {
    finished,
    conforming,
    share: shareOf(conforming, finished),
    meanFitness: shareOf(fitness, finished),
  }
}

/** By customers, then events, then name: a fixed order among equals. */
export function unmapped(
  tally: MapTally,
  groups: readonly UnmappedGroup[],
  most: number,
): readonly UnmappedBehaviour[] {
  return ranked(tally.unmappedCustomers, tally.unmappedEvents, 0, groups, most)
}

/** What those who left the step did within the window after. */
export function instead(
  tally: MapTally,
  step: number,
  groups: readonly UnmappedGroup[],
  most: number,
): readonly UnmappedBehaviour[] {
  return ranked(tally.leftDid, tally.leftDidEvents, step * groups.length, groups, most)
}

function ranked(
  customers: Float64Array,
  events: Float64Array,
  offset: number,
  groups: readonly UnmappedGroup[],
  most: number,
): readonly UnmappedBehaviour[] {
  return groups
    .map(({ event, path }, i) => ({
      event,
      path,
      customers: customers[offset + i]!,
      events: events[offset + i]!,
    }))
    .filter((behaviour) => behaviour.customers > 0)
    .toSorted(
      (a, b) => b.customers - a.customers || b.events - a.events || (a.event < b.event ? -1 : 1),
    )
    .slice(0, most)
}
