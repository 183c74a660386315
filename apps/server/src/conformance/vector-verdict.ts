import type {
  FunnelAnswer,
  FunnelCounts,
  PathsAnswer,
  RetentionAnswer,
  SessionsAnswer,
} from '@parcurs/analytics'
import { type Expectation, isFields, isList, unmet } from './expectation.ts'
import type { VectorClock } from './vector-clock.ts'
import type { Vector } from './vector.ts'

/** What an answer says in the words of the case. Only what the case expects is compared. */
export function funnelSays({ query, expect }: Vector, answer: FunnelAnswer, clock: VectorClock) {
  const of = (counts: FunnelCounts) => ({
    reached: counts.steps.map(({ reached }) => reached),
    step_avg: counts.steps.map(({ fromPrevious }) => seconds(fromPrevious?.meanMs, clock)),
    step_median: counts.steps.map(({ fromPrevious }) => seconds(fromPrevious?.medianMs, clock)),
  })
  const { total } = answer
  const step = query.bins === undefined ? null : total.steps[(query.to_step ?? 2) - 1]
  return {
    ...of(total),
    avg: seconds((step?.fromPrevious ?? total.toConvert)?.meanMs, clock),
    median: seconds((step?.fromPrevious ?? total.toConvert)?.medianMs, clock),
    bins: total.histogram?.map(({ fromMs, count }) => [seconds(fromMs, clock), count]) ?? null,
    groups:
      expect.groups === undefined
        ? null
        : (answer.groups ?? []).map((group) => ({
            value: group.value ?? query.other ?? 'other',
            ...of(group),
          })),
  }
}

export function pathsSays(answer: PathsAnswer, clock: VectorClock) {
  if (answer.view !== 'columns') return {}
  return {
    edges: answer.edges.map(({ from, to, count, meanMs }) => [
      from,
      to,
      count,
      seconds(meanMs, clock),
    ]),
    nodes: Object.fromEntries(
      answer.nodes.map(({ key, reached, continued }) => [
        key,
        { reach: reached, continue: continued, drop: reached - continued },
      ]),
    ),
  }
}

export function sessionsSays(answer: SessionsAnswer, clock: VectorClock) {
  return {
    durations_s: answer.durationsMs?.map((ms) => seconds(ms, clock)) ?? null,
    count: answer.sessions,
    visitors: answer.visitors,
    views: answer.events,
    avg_duration_s: seconds(answer.meanDurationMs ?? 0, clock),
    bounce_rate: rounded(answer.bounceShare ?? 0, 4),
  }
}

export function retentionSays(answer: RetentionAnswer) {
  const matrix = answer.cohorts.map(({ cells }) => cells.map(({ returned }) => returned))
  return { matrix, rows: Object.fromEntries(matrix.map((row, i) => [String(i), row])) }
}

/** null: the case passes. */
export function faultOf(vector: Vector, says: Readonly<Record<string, unknown>>): string | null {
  for (const [field, wanted] of Object.entries(vector.expect)) {
    const got = says[field]
    const fault = unmet(asExpectation(wanted, field), asExpectation(got, field), field)
    if (fault !== null) return fault
  }
  return null
}

/** Groups are a set by value, without those that nobody is in; rows list only their first cells. */
function asExpectation(value: unknown, field: string): Expectation {
  const plain: Expectation = JSON.parse(JSON.stringify(value ?? null))
  if (field !== 'groups' || !Array.isArray(plain)) return plain
  return Object.fromEntries(
    plain
      .filter((group) => !emptyGroup(group))
      .map((group) => [JSON.stringify(valueOf(group)), group]),
  )
}

function valueOf(group: Expectation): Expectation {
  return isFields(group) ? (group['value'] ?? null) : null
}

function emptyGroup(group: Expectation): boolean {
  if (!isFields(group)) return true
  const counts = group['reached'] ?? null
  return isList(counts) && counts.every((n) => n === 0)
}

function seconds(ms: number | null | undefined, clock: VectorClock): number | null {
  return ms == null ? null : ms / clock.msPerSecond
}

export function rounded(value: number, places: number): number {
  return Math.round(value * 10 ** places) / 10 ** places
}
