import {
  intervalBounds,
  intervalLater,
  type IntervalUnit,
  startOfInterval,
  wallDayOf,
  wallOfTime,
  type Zone,
} from '@parcurs/domain'
import { at } from '../at.ts'
import type { Misfit } from '../selection/misfit.ts'
import { shareOf } from '../share.ts'
import type { RetentionAnswer, RetentionCell, RetentionQuestion } from './retention.ts'
import type { RetentionRules } from './retention-kernel.ts'

const UNIT_MS: Readonly<Record<IntervalUnit, number>> = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
}

export interface RetentionPlan {
  readonly rules: RetentionRules
  /** Cells of each row beside the cohort itself; triangular without `columns`. */
  readonly cellsOf: (cohort: number) => number
  readonly parameters: Readonly<Record<string, unknown>>
}

export function planRetention(
  question: RetentionQuestion,
  zone: Zone,
  weekStart: 'monday' | 'sunday',
  nowMs: number,
): RetentionPlan | Misfit {
  const unit = question.interval ?? 'week'
  const cohorts = question.cohorts ?? 12
  const { brackets } = question
  const width = brackets?.reduce((sum, size) => sum + size, 0) ?? (question.columns ?? cohorts) - 1
  const startWall =
    question.start === undefined
      ? intervalLater(
          startOfInterval(wallNow(nowMs, zone, unit), unit, weekStart),
          unit,
          1 - cohorts,
        )
      : wallOfTime(question.start)
  if (startWall === null) {
    return {
      place: 'start',
      value: question.start,
      expected: 'a date as it stands on a calendar, 2026-01-31',
    }
  }
  const triangular = question.columns === undefined && brackets === undefined
  const intervals = triangular ? cohorts : cohorts + width
  const rolling = question.window === 'rolling'
  const columns =
    brackets === undefined
      ? Array.from({ length: width }, (_, k) => [k + 1, k + 1] as const)
      : brackets.map((size, j) => {
          const before = brackets.slice(0, j).reduce((sum, n) => sum + n, 0)
          return [before + 1, before + size] as const
        })
  const first = startOfInterval(startWall, unit, weekStart)
  return {
    rules: {
      bounds: intervalBounds(first, unit, intervals, zone),
      cohorts,
      columns,
      cohort: question.cohort ?? 'first',
      mode: question.mode ?? 'on',
      rollingMs: rolling ? UNIT_MS[unit] : null,
      minReturns: question.minReturns ?? 1,
    },
    cellsOf: (cohort) => (triangular ? cohorts - cohort - 1 : columns.length),
    parameters: {
      target: question.target ?? null,
      returns: question.returns ?? null,
      cohort: question.cohort ?? 'first',
      mode: question.mode ?? 'on',
      window: question.window ?? 'calendar',
      interval: unit,
      start: new Date(first).toISOString().slice(0, unit === 'hour' ? 16 : 10),
      cohorts,
      columns: question.columns ?? null,
      brackets: brackets ?? null,
      minReturns: question.minReturns ?? 1,
      segment: question.segment ?? null,
      where: question.where ?? [],
      unit: question.unit ?? null,
      sample: question.sample ?? 1,
    },
  }
}

/** The matrix with its shares, and the average over complete cells. */
export function retentionAnswer(
  matrix: readonly (readonly number[])[],
  plan: RetentionPlan,
  nowMs: number,
): Pick<RetentionAnswer, 'cohorts' | 'average'> {
  const { bounds, columns, rollingMs } = plan.rules
  const cohorts = matrix.map((row, cohort) => {
    const size = at(row, 0)
    const fromMs = at(bounds, cohort)
    const toMs = at(bounds, cohort + 1)
    const cells: RetentionCell[] = [
      { returned: size, of: size, share: shareOf(size, size), complete: toMs <= nowMs },
    ]
    for (let k = 1; k <= plan.cellsOf(cohort); k++) {
      const last = columns[k - 1]?.[1] ?? k
      // Counted from each customer's own event, the last of the cohort is the last to be over.
      const endsMs =
        rollingMs === null
          ? (bounds[cohort + last + 1] ?? Number.POSITIVE_INFINITY)
          : toMs + (last + 1) * rollingMs
      const returned = at(row, k)
      cells.push({ returned, of: size, share: shareOf(returned, size), complete: endsMs <= nowMs })
    }
    return { fromMs, toMs, size, cells }
  })
  const width = Math.max(...cohorts.map(({ cells }) => cells.length))
  const average = Array.from({ length: width }, (_, k) => {
    const complete = cohorts.flatMap(({ cells }) => {
      const cell = cells[k]
      return cell?.complete === true ? [cell] : []
    })
    const returned = complete.reduce((sum, cell) => sum + cell.returned, 0)
    const of = complete.reduce((sum, cell) => sum + cell.of, 0)
    return { returned, of, share: shareOf(returned, of), complete: true }
  })
  return { cohorts, average }
}

function wallNow(nowMs: number, zone: Zone, unit: IntervalUnit): number {
  const day = wallDayOf(nowMs, zone)
  return unit === 'hour' ? day + Math.floor((nowMs - zone.toUtc(day)) / 3_600_000) * 3_600_000 : day
}
