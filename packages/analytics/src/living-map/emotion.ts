import { at } from '../at.ts'
import {
  emotionOf,
  type FeedbackScale,
  type JourneyMap,
  type Step,
  type Touchpoint,
} from '@parcurs/domain'
import type { Reading } from '../journey/reading.ts'
import { customerFeedback } from '../journey/tables.ts'
import type { Period } from '../question.ts'
import { type Compiled, compile, param, type Sql, sql } from '../sql.ts'
import type { MeasuredEmotion } from './living-map.ts'
import { meanInterval } from './mean-interval.ts'

/** Answers of the period that are alike, counted. */
export interface EmotionRow {
  readonly scale: FeedbackScale
  readonly score: number
  /** Id or name of a touchpoint as the answer gave it; empty: none. */
  readonly touchpoint: string
  readonly kind: number
  /** Decimal text. */
  readonly answers: string
}

export function emotionQuery(reading: Reading, period: Period, customers: Sql | null): Compiled {
  const inPeriod = sql`time >= ${param.instant(period.fromMs)} AND time < ${param.instant(period.toMs)}`
  const among = customers === null ? sql`` : sql`WHERE ${customers}`
  return compile(sql`
    SELECT toString(scale) AS scale, score, touchpoint, kind, count() AS answers
    FROM (${customerFeedback(reading, inPeriod)}) ${among}
    GROUP BY scale, score, touchpoint, kind`)
}

/**
 * Measured emotion of each step, in map order. An answer that names a touchpoint (its id, or its name in any
 * case) counts for the steps of that touchpoint; one that names none counts for the step its own event belongs to.
 *
 * @param kindsOfStep by step, kinds that belong to it (see `MapCoding`)
 */
export function emotions(
  map: JourneyMap,
  touchpoints: ReadonlyMap<string, Touchpoint>,
  kindsOfStep: readonly (readonly number[])[],
  rows: readonly EmotionRow[],
): readonly MeasuredEmotion[] {
  const steps = map.stages.flatMap((stage) => stage.steps)
  return steps.map((step, i) => {
    const counted = rowsOfStep(step, touchpoints, at(kindsOfStep, i), rows).map(
      ({ scale, score, answers }) => ({
        value: emotionOf(scale, score),
        count: Number(answers),
      }),
    )
    const { mean, low, high, n } = meanInterval(counted)
    return {
      mean,
      // The scale ends at ±2, and so does what can be true.
      low: low === null ? null : Math.max(-2, low),
      high: high === null ? null : Math.min(2, high),
      n,
    }
  })
}

/** Those of the rows whose answers count for the step. */
export function rowsOfStep(
  step: Step,
  touchpoints: ReadonlyMap<string, Touchpoint>,
  kindsOfStep: readonly number[],
  rows: readonly EmotionRow[],
): readonly EmotionRow[] {
  const named = touchpointNamed(step, touchpoints)
  const kinds = new Set(kindsOfStep)
  return rows.filter(({ touchpoint, kind }) =>
    touchpoint === '' ? kinds.has(kind) : named(touchpoint) !== null,
  )
}

/** Finds the touchpoint of a step that an answer names, by its id or its name in any case; null: none of them. */
export function touchpointNamed(
  { touchpointIds }: Step,
  touchpoints: ReadonlyMap<string, Touchpoint>,
): (text: string) => string | null {
  const ids = new Map<string, string>()
  for (const id of touchpointIds) {
    for (const text of [id, touchpoints.get(id)?.name ?? id]) {
      if (!ids.has(text.toLowerCase())) ids.set(text.toLowerCase(), id)
    }
  }
  return (text) => ids.get(text.trim().toLowerCase()) ?? null
}
