import type { SegmentRule } from '@parcurs/domain'
import type { CompletionEstimate } from './completion-estimate.ts'
import type { ExplainedPart } from './explained-part.ts'
import type { Definition, Period, PeriodAsked } from '../question.ts'

/** Asks for every number of one map. One request answers the period and the one compared with. */
export interface LivingMapQuestion extends Omit<DatedMapQuestion, 'period' | 'compareTo'> {
  readonly period: PeriodAsked
  /** null: compare with nothing. */
  readonly compareTo: PeriodAsked | null
}

/** As it is answered: dates and days became instants of the workspace's zone. */
export interface DatedMapQuestion {
  readonly version: 1
  readonly kind: 'living-map'
  readonly mapId: string
  readonly period: Period
  /** null: everybody. */
  readonly segment: SegmentRule | null
  readonly compareTo: Period | null
  /** Days; null: the map's own `windowDays`. 1–366. */
  readonly windowDays: number | null
}

export interface LivingMapAnswer {
  readonly version: 1
  readonly kind: 'living-map'
  readonly question: DatedMapQuestion
  /** `now` of the answer: decides between "in progress" and "left". */
  readonly nowMs: number
  readonly timeZone: string
  readonly currency: string
  /** True when the workspace's events come from the simulator. */
  readonly simulated: boolean
  readonly windowDays: number
  readonly definition: Definition
  readonly measured: MapMeasures
  /** The first event of the workspace; null: there is none. */
  readonly firstEventMs: number | null
  /** null when `compareTo` is null, or begins before the first event: growth from nothing is none. */
  readonly compared: MapMeasures | null
}

export interface MapMeasures {
  readonly period: Period
  /** Customers with any visit in the period. */
  readonly entrants: number
  /** Entrants who reached the goal touchpoint at or after a visit of the period, within the window of it. */
  readonly completions: number
  /** Entrants who have not completed and whose window since their last visit of the period is still open. */
  readonly inProgress: number
  /** Entrants whose window from their first visit of the period is over, and those of them who reached the goal within it. */
  readonly settled: number
  readonly settledCompletions: number
  /** settledCompletions ÷ settled; null over nobody. 0–1. */
  readonly completionShare: number | null
  /** When the first entrant settles; null: somebody has, or nobody entered. */
  readonly firstSettlesMs: number | null
  /** Which share will have completed when every window is over; null: nothing can be said yet. */
  readonly completionEstimate: CompletionEstimate | null
  /** Entrants whose last visit of the period is to a goal step: neither left nor in progress. */
  readonly goalEnded: number
  /**
   * Entrants whose last visit of the period was followed by another one after its end, within the window.
   * Σ left + Σ inProgress of the steps + goalEnded + continued = entrants.
   */
  readonly continued: number
  /** Money of the completions' goal events; null when the goal has no value. */
  readonly goalValue: number | null
  /** In stage order; as many as the map has. */
  readonly stages: readonly StageMeasures[]
  /** In map order; as many as the map has steps. */
  readonly steps: readonly StepMeasures[]
  /** Directly-follows edges between visits, `from` and `to` are step ids; from ≠ to. */
  readonly transitions: readonly TransitionMeasure[]
  /**
   * Where it costs most, at most 10. First the leaks with a reason, by what the reason explains of the money at risk (of the
   * customers left, when the goal has no value); then those where nothing stands out, by money at risk.
   */
  readonly leaks: readonly Leak[]
  readonly conformance: ConformanceMeasure
  /** Events of these customers that match no step, by customers, descending, at most 20. */
  readonly unmapped: readonly UnmappedBehaviour[]
  /** Customers who had an event in the period but no visit to any step. */
  readonly outside: number
}

export interface StageMeasures {
  readonly stageId: string
  /** Distinct customers with a visit to any step of the stage. */
  readonly customers: number
}

export interface StepMeasures {
  readonly stepId: string
  readonly customers: number
  readonly visits: number
  /** So far, of all customers: who moved on to any later step within the window after any visit. */
  readonly movedOn: number
  /** Of the settled: who came to a later step within the window after their last visit here; null over nobody and on the last step. */
  readonly movedOnShare: number | null
  /** So far: customers who came to the next non-optional step within the window; null on the last such step. */
  readonly reachedNext: number | null
  readonly nextShare: number | null
  readonly wentBack: number
  readonly wentBackShare: number | null
  readonly left: number
  /** left ÷ settled. */
  readonly leftShare: number | null
  /** Customers whose window after their last visit here in the period is over. */
  readonly settled: number
  /** When the first of them settles; null: somebody has, or nobody was here. */
  readonly firstSettlesMs: number | null
  readonly outcome: StepOutcome
  readonly inProgress: number
  /** Milliseconds from a visit to the first later visit of a later step within the window; null: nobody moved on. */
  readonly medianToNextMs: number | null
  readonly p90ToNextMs: number | null
  /** What those who left did instead: their next unmapped events, by customers, at most 5. */
  readonly instead: readonly UnmappedBehaviour[]
  /** null: the goal has no value, or nobody moved on from here. */
  readonly moneyAtRisk: MoneyAtRisk | null
  readonly emotion: MeasuredEmotion
  /** Of the map that tells the step in detail, in the same period; null: none does, or this is the period compared with. */
  readonly detail: DetailMeasures | null
  /** When the definition last matched an event, over all time; null: never. */
  readonly lastEventMs: number | null
  /** Ids of earlier steps that take events this step's touchpoints match too. */
  readonly overlaps: readonly string[]
  /** Customers per equal slice of the period, oldest first, at most 30 slices; for the sparkline. */
  readonly trend: readonly number[]
}

/** How many entered a map that a step links to and reached its goal, as its own `MapMeasures` say. */
export interface DetailMeasures {
  readonly mapId: string
  readonly name: string
  /** The question's, else that map's own. */
  readonly windowDays: number
  readonly entrants: number
  readonly completions: number
  readonly settled: number
  readonly settledCompletions: number
  readonly completionShare: number | null
  readonly firstSettlesMs: number | null
}

/** What the settled customers of a step did within the window after their last visit; each counts once, Σ = settled. */
export interface StepOutcome {
  readonly movedOn: number
  /** By a way back, and to no later one. */
  readonly wentBack: number
  /** To an alternative, along a drawn loop or to a repeatable step again: no way back, and to no later one either. */
  readonly wentAround: number
  /** Here is a goal step, and nothing followed. */
  readonly ended: number
  /** No visit to another step. */
  readonly stopped: number
}

export interface MoneyAtRisk {
  /** left × mean goal value of those who moved on from here (customers without a goal count 0). */
  readonly amount: number
  /** 95 % bootstrap interval of `amount`; null when `n` < 5. */
  readonly low: number | null
  readonly high: number | null
  /** Customers who moved on and whose window is over: the sample behind the mean. */
  readonly n: number
}

export interface MeasuredEmotion {
  /** Mean on −2…+2; null when nobody answered. */
  readonly mean: number | null
  /** 95 % interval; null when n < 2. */
  readonly low: number | null
  readonly high: number | null
  /** Answers. Fewer than 5: shown as "few answers". */
  readonly n: number
}

export interface TransitionMeasure {
  readonly from: string
  readonly to: string
  readonly count: number
  readonly customers: number
  readonly medianMs: number
}

export interface Leak {
  readonly stepId: string
  readonly left: number
  readonly leftShare: number
  /** null: the goal has no value, or nobody moved on from here. */
  readonly moneyAtRisk: MoneyAtRisk | null
  /** The strongest of `reasons`; `{ kind: 'none' }` when nothing stands out. */
  readonly reason: LeakReason
  /** Everything that stands out, strongest first; may be empty. */
  readonly reasons: readonly FoundReason[]
  /** Part of the loss that the strongest reason explains; null: nothing stands out. */
  readonly explained: ExplainedPart | null
  /** That part of the money at risk, by which explained leaks are ranked; null: nothing stands out, or no money is at risk. */
  readonly explainedMoney: number | null
}

/**
 * The strongest difference found between customers who left here and those who moved on.
 * `share`s are of customers with the trait/property value or behaviour: among those who left and those who moved on.
 */
export type LeakReason = { readonly kind: 'none' } | FoundReason

export type FoundReason =
  /** Those who left did this event (an unmapped one or a failure) much more often. */
  | {
      readonly kind: 'event'
      readonly event: string
      readonly leftShare: number
      readonly movedShare: number
      readonly explained: ExplainedPart
    }
  /** A property of the step's own events is over-represented among those who left. */
  | {
      readonly kind: 'property'
      readonly property: string
      readonly value: string
      readonly leftShare: number
      readonly movedShare: number
      readonly explained: ExplainedPart
    }
  /** A trait of the customers is over-represented among those who left. */
  | {
      readonly kind: 'trait'
      readonly trait: string
      readonly value: string
      readonly leftShare: number
      readonly movedShare: number
      readonly explained: ExplainedPart
    }
  /** They went back to an earlier step instead. */
  | {
      readonly kind: 'way-back'
      readonly toStepId: string
      /** Of those who left. */
      readonly share: number
      readonly movedShare: number
      readonly explained: ExplainedPart
    }
  /** It got worse in the period: first half against second half of the period. */
  | {
      readonly kind: 'worse-since'
      readonly sinceMs: number
      readonly before: number
      readonly after: number
      readonly explained: ExplainedPart
    }

export interface ConformanceMeasure {
  /** Finished journeys: left or completed. */
  readonly finished: number
  readonly conforming: number
  readonly share: number | null
  /** Mean fitness of finished journeys, 0–1. */
  readonly meanFitness: number | null
}

export interface UnmappedBehaviour {
  readonly event: string
  readonly path: string
  readonly customers: number
  readonly events: number
}
