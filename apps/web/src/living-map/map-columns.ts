import type {
  DetailMeasures,
  MapMeasures,
  MeasuredEmotion,
  MoneyAtRisk,
  StepMeasures,
  StepOutcome,
  UnmappedBehaviour,
} from '@parcurs/analytics'
import {
  type JourneyMap,
  mapPositions,
  type Stage,
  type Step,
  type Touchpoint,
} from '@parcurs/domain'

/** Below this many answers a mean is said to be "few answers" and does not move the line. */
export const FEW_ANSWERS = 5

/** A definition that matched nothing for this long is called silent. */
export const SILENT_AFTER_MS = 7 * 86_400_000

/** The numbers of one column, of a step or of a whole stage. null: this number does not exist here. */
export interface ColumnMeasures {
  readonly customers: number
  readonly movedOn: number | null
  readonly movedOnShare: number | null
  readonly reachedNext: number | null
  readonly nextShare: number | null
  readonly wentBack: number | null
  readonly wentBackShare: number | null
  readonly left: number
  readonly leftShare: number | null
  /** Whose window after their last visit here is over. */
  readonly settled: number
  /** When the first of them settles; null: somebody has, or nobody was here. */
  readonly firstSettlesMs: number | null
  readonly outcome: StepOutcome | null
  readonly inProgress: number
  readonly medianToNextMs: number | null
  readonly p90ToNextMs: number | null
  readonly visits: number
  readonly money: MoneyAtRisk | null
  readonly emotion: MeasuredEmotion
  readonly trend: readonly number[]
  readonly instead: readonly UnmappedBehaviour[]
}

export type Badge =
  | { readonly kind: 'unmeasured' }
  | { readonly kind: 'silent'; readonly days: number }
  | { readonly kind: 'never' }
  | { readonly kind: 'overlapping'; readonly with: readonly string[] }
  | { readonly kind: 'few-answers'; readonly n: number }

/** One column as it is drawn. */
export interface MapColumn {
  readonly kind: 'step' | 'stage'
  readonly id: string
  readonly name: string
  readonly stageId: string
  /** Where it stands, from 0; alternatives share one place. */
  readonly place: number
  /** One of several alternatives. */
  readonly alternative: boolean
  readonly repeatable: boolean
  /** Of the map that tells the step in detail; null: none does. */
  readonly detail: DetailMeasures | null
  readonly optional: boolean
  readonly momentOfTruth: boolean
  readonly goal: boolean
  readonly believed: number | null
  readonly touchpoints: readonly Touchpoint[]
  readonly channels: readonly string[]
  /** It has a touchpoint; without one there are no numbers, not even 0. */
  readonly measured: boolean
  readonly now: ColumnMeasures
  readonly before: ColumnMeasures | null
  readonly badges: readonly Badge[]
}

export interface StageColumns {
  readonly id: string
  readonly name: string
  readonly customers: number
  readonly before: number | null
  readonly columns: readonly MapColumn[]
}

export interface Measured {
  readonly map: JourneyMap
  readonly touchpoints: readonly Touchpoint[]
  readonly measured: MapMeasures
  readonly compared: MapMeasures | null
  readonly nowMs: number
}

/** Stages with their steps as columns, or with themselves as the one column (`stagesOnly`). */
export function stageColumns(asked: Measured, stagesOnly: boolean): readonly StageColumns[] {
  const positions = mapPositions(asked.map)
  let before = 0
  return asked.map.stages.map((stage, i) => ({
    id: stage.id,
    name: stage.name,
    customers: asked.measured.stages[i]?.customers ?? 0,
    before: asked.compared?.stages[i]?.customers ?? null,
    columns: stagesOnly
      ? [stageColumn(asked, stage, i)]
      : stage.steps.map((step) => stepColumn(asked, stage, step, placeAmong(positions, before++))),
  }))
}

function placeAmong(
  positions: readonly number[],
  at: number,
): Pick<MapColumn, 'place' | 'alternative'> {
  const place = positions[at] ?? 0
  const alternative = positions[at - 1] === place || positions[at + 1] === place
  return { place, alternative }
}

function stepColumn(
  asked: Measured,
  stage: Stage,
  step: Step,
  placed: Pick<MapColumn, 'place' | 'alternative'>,
): MapColumn {
  const touchpoints = touchpointsOf(asked, step)
  const now = asked.measured.steps.find((measures) => measures.stepId === step.id)
  const before = asked.compared?.steps.find((measures) => measures.stepId === step.id)
  return {
    kind: 'step',
    id: step.id,
    name: step.name,
    stageId: stage.id,
    ...placed,
    repeatable: step.repeatable,
    detail: now?.detail ?? null,
    optional: step.optional,
    momentOfTruth: step.momentOfTruth,
    goal: asked.map.goal !== null && step.touchpointIds.includes(asked.map.goal.touchpointId),
    believed: step.believedEmotion,
    touchpoints,
    channels: [...new Set(touchpoints.map((touchpoint) => touchpoint.channel))],
    measured: step.touchpointIds.length > 0,
    now: now === undefined ? NOBODY : ofStep(now),
    before: before === undefined ? null : ofStep(before),
    badges: badgesOf(step, now, asked),
  }
}

/** A customer has one last visit, so those who left and those in progress add up; distinct customers and emotions do not. */
function stageColumn(asked: Measured, stage: Stage, place: number): MapColumn {
  const goal = asked.map.goal
  const touchpoints = stage.steps.flatMap((step) => touchpointsOf(asked, step))
  return {
    kind: 'stage',
    id: stage.id,
    name: stage.name,
    stageId: stage.id,
    place,
    alternative: false,
    repeatable: false,
    detail: null,
    optional: false,
    momentOfTruth: false,
    goal:
      goal !== null && stage.steps.some((step) => step.touchpointIds.includes(goal.touchpointId)),
    believed: mean(stage.steps.map((step) => [step.believedEmotion, 1])),
    touchpoints,
    channels: [...new Set(touchpoints.map((touchpoint) => touchpoint.channel))],
    measured: stage.steps.some(({ touchpointIds }) => touchpointIds.length > 0),
    now: ofStage(asked.measured, stage) ?? NOBODY,
    before: asked.compared === null ? null : ofStage(asked.compared, stage),
    badges: [],
  }
}

/** What stands at each place of some columns, with the number of the column. */
export function columnPlaces(
  columns: readonly MapColumn[],
): readonly (readonly { readonly column: MapColumn; readonly at: number }[])[] {
  const places: { column: MapColumn; at: number }[][] = []
  columns.forEach((column, at) => {
    const last = places.at(-1)
    if (last?.[0]?.column.place === column.place) last.push({ column, at })
    else places.push([{ column, at }])
  })
  return places
}

function touchpointsOf(asked: Measured, step: Step): readonly Touchpoint[] {
  return step.touchpointIds.flatMap(
    (id) => asked.touchpoints.find((touchpoint) => touchpoint.id === id) ?? [],
  )
}

const NOBODY: ColumnMeasures = {
  customers: 0,
  movedOn: 0,
  movedOnShare: null,
  reachedNext: null,
  nextShare: null,
  wentBack: 0,
  wentBackShare: null,
  left: 0,
  leftShare: null,
  settled: 0,
  firstSettlesMs: null,
  outcome: null,
  inProgress: 0,
  medianToNextMs: null,
  p90ToNextMs: null,
  visits: 0,
  money: null,
  emotion: { mean: null, low: null, high: null, n: 0 },
  trend: [],
  instead: [],
}

function ofStep(step: StepMeasures): ColumnMeasures {
  return { ...step, money: step.moneyAtRisk }
}

function ofStage(measures: MapMeasures, stage: Stage): ColumnMeasures | null {
  const customers = measures.stages.find((found) => found.stageId === stage.id)?.customers
  if (customers === undefined) return null
  const ids = new Set(stage.steps.map((step) => step.id))
  const steps = measures.steps.filter((step) => ids.has(step.stepId))
  const sum = (of: (step: StepMeasures) => number) =>
    steps.reduce((total, step) => total + of(step), 0)
  const left = sum((step) => step.left)
  const settled = steps.every((step) => step.settled === step.customers)
  const risks = steps.flatMap((step) => step.moneyAtRisk ?? [])
  const answers = sum((step) => step.emotion.n)
  return {
    ...NOBODY,
    customers,
    movedOn: null,
    wentBack: null,
    left,
    // Distinct customers of a stage are not known apart by settled and open.
    leftShare: customers === 0 || !settled ? null : left / customers,
    settled: settled ? customers : 0,
    firstSettlesMs: settled
      ? null
      : steps.reduce<number | null>((first, { firstSettlesMs: ms }) => {
          if (ms === null || first === null) return first ?? ms
          return Math.min(first, ms)
        }, null),
    inProgress: sum((step) => step.inProgress),
    visits: sum((step) => step.visits),
    money:
      risks.length === 0
        ? null
        : {
            amount: risks.reduce((total, risk) => total + risk.amount, 0),
            low: null,
            high: null,
            n: risks.reduce((total, risk) => total + risk.n, 0),
          },
    emotion: {
      mean: mean(steps.map((step) => [step.emotion.mean, step.emotion.n])),
      low: null,
      high: null,
      n: answers,
    },
  }
}

/** Weighted; null without any weight. */
function mean(values: readonly (readonly [number | null, number])[]): number | null {
  let sum = 0
  let weight = 0
  for (const [value, by] of values) {
    if (value === null) continue
    sum += value * by
    weight += by
  }
  return weight === 0 ? null : sum / weight
}

function badgesOf(drawn: Step, step: StepMeasures | undefined, asked: Measured): readonly Badge[] {
  if (drawn.touchpointIds.length === 0) return [{ kind: 'unmeasured' }]
  if (step === undefined) return []
  const badges: Badge[] = []
  if (step.lastEventMs === null) badges.push({ kind: 'never' })
  else if (asked.nowMs - step.lastEventMs >= SILENT_AFTER_MS) {
    badges.push({
      kind: 'silent',
      days: Math.floor((asked.nowMs - step.lastEventMs) / 86_400_000),
    })
  }
  if (step.overlaps.length > 0) {
    const steps = asked.map.stages.flatMap((stage) => stage.steps)
    badges.push({
      kind: 'overlapping',
      with: step.overlaps.map((id) => steps.find((other) => other.id === id)?.name ?? id),
    })
  }
  if (step.emotion.n > 0 && step.emotion.n < FEW_ANSWERS) {
    badges.push({ kind: 'few-answers', n: step.emotion.n })
  }
  return badges
}

/** The mean as it is drawn: nothing below `FEW_ANSWERS`. */
export function shownEmotion(emotion: MeasuredEmotion): number | null {
  return emotion.n < FEW_ANSWERS ? null : emotion.mean
}
