import {
  type MatchRule,
  type OnMapLeaf,
  type SegmentMap,
  VISIT_PAUSE_MS,
  windowPeriod,
} from '@parcurs/domain'
import { obligatoryPositions } from '../living-map/map-plan.ts'
import { codingOf, type CodedRule } from '../journey/coding.ts'
import { journeysOf } from '../journey/journey-source.ts'
import { param, sql, type Sql } from '../sql.ts'
import { clamped, periodOfWindow, type SegmentReading } from './segment-reading.ts'

const GOAL = 128
const STEP = 127

/** Customers in a state on a map. As `onMap` in memory; the living map's kernel counts the same. */
export function onMapCustomers(at: SegmentReading, leaf: OnMapLeaf): Sql {
  const map = at.scope.map(leaf.map)
  if (map === null) return sql`SELECT toUInt64(0) AS customer WHERE false`
  const coding = codingOf(codedSteps(map), at.kinds)
  const read = periodOfWindow(at, leaf.window, map.windowMs + 1)
  // A visit belongs to the window in which it began.
  const period = read === null ? null : { ...read, fromMs: clamped(read.fromMs - VISIT_PAUSE_MS) }
  const journeys = journeysOf(at.reading, { coding, period, keep: 'matched', customers: null })
  const { fromMs, toMs } = windowPeriod(leaf.window, { ...at.scope, nowMs: at.nowMs })
  const since = param.ms(clamped(fromMs))
  const windowMs = param.ms(map.windowMs)
  const refunds = map.valued ? sql`AND value >= 0` : sql``
  const goalSteps = map.steps.flatMap(({ goal }, i) => (goal ? [i + 1] : []))
  const obligatory = obligatoryPositions(map.steps).map((position) => position + 1)
  const placeOf = placesOf(map)
  return sql`
    SELECT customer FROM (
      SELECT customer, visit_times, visit_steps, past, past_steps, visit_times[past] AS last_time, visit_steps[past] AS last_step,
        arrayExists((time, code, value, place) -> bitAnd(code, ${param.code(GOAL)}) != 0 ${refunds}
            AND visit_places[1] <= place AND time - visit_times[arrayLastIndex(began -> began <= place, visit_places)] <= ${windowMs},
          times, codes, values, arrayEnumerate(times)) AS completed,
        has(${param.codes(goalSteps)}, last_step)
          OR (length(visit_times) > past AND visit_times[past + 1] - last_time <= ${windowMs}) AS goes_on,
        ${param.ms(at.nowMs)} - last_time > ${windowMs} AS over,
        NOT goes_on AND over AS has_left,
        arrayMap(step -> ${placeOf}[step], past_steps) AS past_places,
        arrayFilter(place -> place < arrayMax(past_places) AND NOT has(past_places, place), ${param.codes(obligatory)}) AS skipped
      FROM (
        SELECT customer, times, codes, values, visit_times, visit_steps,
          arrayCount(time -> time < ${param.ms(clamped(toMs))}, visit_times) AS past,
          arraySlice(visit_steps, 1, past) AS past_steps, arraySlice(all_places, 1, past) AS visit_places
        FROM (
          SELECT customer, times, codes, values,
            arrayFilter(place -> bitAnd(codes[place], ${param.code(STEP)}) != 0, arrayEnumerate(codes)) AS mapped,
            arrayMap(place -> times[place], mapped) AS mapped_times,
            arrayMap(place -> bitAnd(codes[place], ${param.code(STEP)}), mapped) AS mapped_steps,
            arrayFilter(nth -> mapped_times[nth] >= ${since} AND (nth = 1 OR mapped_steps[nth] != mapped_steps[nth - 1]
                OR mapped_times[nth] - mapped_times[nth - 1] > ${param.ms(VISIT_PAUSE_MS)}),
              arrayEnumerate(mapped)) AS starts,
            arrayMap(nth -> mapped[nth], starts) AS all_places,
            arrayMap(nth -> mapped_times[nth], starts) AS visit_times,
            arrayMap(nth -> mapped_steps[nth], starts) AS visit_steps
          FROM (${journeys})
        )
      ) WHERE past > 0
    ) WHERE ${stateSql(leaf, map, windowMs)}`
}

function stateSql(
  { state, step }: OnMapLeaf,
  map: SegmentMap,
  windowMs: ReturnType<typeof param.ms>,
): Sql {
  const index = map.steps.findIndex(({ id }) => id === step)
  const number = param.code(index + 1)
  const placeOf = placesOf(map)
  switch (state) {
    case 'at':
      return sql`last_step = ${number}`
    case 'passed':
      return sql`has(past_steps, ${number})`
    case 'left':
      return sql`last_step = ${number} AND has_left`
    case 'in-progress':
      return sql`last_step = ${number} AND NOT goes_on AND NOT over`
    case 'moved-on':
      return sql`arrayExists((step, time, nth) -> step = ${number} AND nth <= past
        AND arrayExists((later, then, place) -> place > nth AND ${placeOf}[later] > ${placeOf}[step] AND then - time <= ${windowMs},
          visit_steps, visit_times, arrayEnumerate(visit_steps)),
        visit_steps, visit_times, arrayEnumerate(visit_steps))`
    case 'went-back':
      return sql`arrayExists((step, nth) -> step = ${number} AND nth <= past AND nth < length(visit_steps)
        AND ${placeOf}[visit_steps[nth + 1]] < ${placeOf}[step] ${noReturn(map)} ${notAgain(map)},
        visit_steps, arrayEnumerate(visit_steps))`
    case 'reached-goal':
      return sql`completed`
    case 'skipped':
      return sql`(completed OR has_left) AND has(skipped, ${param.code((map.steps[index]?.position ?? -1) + 1)})`
    case 'conforms':
      return sql`(completed OR has_left) AND empty(skipped) AND ${inOrder(map)}`
  }
}

/** The position of each step, one more than its number; steps count from 1 too. */
function placesOf({ steps }: SegmentMap): Sql {
  return sql`${param.codes(steps.map(({ position }) => position + 1))}`
}

/** Drawn loops, as step × 128 + position; null: the map has none. */
function loopsOf({ steps }: SegmentMap): Sql | null {
  const loops = steps.flatMap(({ loops: to }, i) => to.map((place) => (i + 1) * 128 + place + 1))
  return loops.length === 0 ? null : sql`${param.codes(loops)}`
}

function noReturn(map: SegmentMap): Sql {
  const loops = loopsOf(map)
  return loops === null
    ? sql``
    : sql`AND NOT has(${loops}, toUInt32(step * 128 + ${placesOf(map)}[visit_steps[nth + 1]]))`
}

function notAgain({ steps }: SegmentMap): Sql {
  const repeatable = steps.flatMap((step, i) => (step.repeatable ? [i + 1] : []))
  return repeatable.length === 0
    ? sql``
    : sql`AND NOT (has(${param.codes(repeatable)}, visit_steps[nth + 1])
          AND has(arraySlice(visit_steps, 1, nth), visit_steps[nth + 1]))`
}

/** First visits to positions in map order, judged anew from where a drawn loop led to. */
function inOrder(map: SegmentMap): Sql {
  const loops = loopsOf(map)
  if (loops === null) return sql`arrayDistinct(past_places) = arraySort(arrayDistinct(past_places))`
  return sql`arrayAll((place, nth, returned, since) -> returned OR indexOf(past_places, place) < nth
        OR place > arrayMax(arraySlice(past_places, since, nth - since)),
      past_places, arrayEnumerate(past_places),
      arrayMap((place, nth) -> nth > 1 AND has(${loops}, toUInt32(past_steps[nth - 1] * 128 + place)),
        past_places, arrayEnumerate(past_places)) AS returns,
      arrayMap(nth -> greatest(1, arrayLastIndex(one -> one, arraySlice(returns, 1, nth))), arrayEnumerate(past_places)))`
}

/** The first step in map order, one more than its number, with `GOAL` where the event is the goal too. */
function codedSteps({ steps, goal }: SegmentMap): readonly CodedRule[] {
  const both = (rule: MatchRule): MatchRule => ({ kind: 'all', rules: [rule, goal] })
  return [
    ...steps.flatMap(({ rule }, i) => [
      { code: (i + 1) | GOAL, rule: both(rule) },
      { code: i + 1, rule },
    ]),
    { code: GOAL, rule: goal },
  ]
}
