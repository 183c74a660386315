import { type Changing, constantly } from './changing.ts'
import {
  mapJourney,
  type MappedEvent,
  mappedEvents,
  type MapJourney,
  type Visit,
  VISIT_PAUSE_MS,
} from './map-visits.ts'
import type { SegmentFacts, SegmentMap, SegmentScope } from './segment-facts.ts'
import type { OnMapLeaf } from './segment-rule.ts'
import { windowPeriod, windowSpan } from './window.ts'

/** As `inWindow`: so many turns are looked ahead. */
const MOST_TURNS = 4096

/** A state on a map, by the definitions of the living map. */
export function onMap(leaf: OnMapLeaf, facts: SegmentFacts, scope: SegmentScope): Changing {
  const map = scope.map(leaf.map)
  if (map === null) return constantly(false)
  const step = leaf.step === null ? -1 : map.steps.findIndex(({ id }) => id === leaf.step)
  const events = mappedEvents(facts.events, map)
  const turns = turnsOf(events, leaf, map.windowMs, scope)
  const passes = (nowMs: number): boolean => {
    const period = windowPeriod(leaf.window, { ...scope, nowMs })
    const firstMs = period.fromMs - VISIT_PAUSE_MS
    const lastMs = period.toMs + map.windowMs
    const seen = events.filter(({ timeMs }) => timeMs >= firstMs && timeMs <= lastMs)
    return inState(leaf, step, mapJourney(seen, period, map.windowMs), map, nowMs)
  }
  return (nowMs) => {
    const now = passes(nowMs)
    const ahead = turns.filter((turnMs) => turnMs > nowMs).slice(0, MOST_TURNS)
    const changesMs = ahead.find((turnMs, i) => i === MOST_TURNS - 1 || passes(turnMs) !== now)
    return { passes: now, changesMs: changesMs ?? null }
  }
}

/** Instants at which anything may change: an event comes into sight, into the period or leaves it, a window ends. */
function turnsOf(
  events: readonly MappedEvent[],
  { window }: OnMapLeaf,
  windowMs: number,
  scope: SegmentScope,
): readonly number[] {
  const turns = events.flatMap(({ timeMs }) => {
    const span = windowSpan(window, timeMs, scope)
    const sight = windowSpan(window, timeMs - windowMs - 1, scope)
    return [span.fromMs, span.toMs, sight.fromMs, timeMs + windowMs + 1]
  })
  return [...new Set(turns)].filter(Number.isFinite).toSorted((a, b) => a - b)
}

function inState(
  { state }: OnMapLeaf,
  step: number,
  journey: MapJourney,
  map: SegmentMap,
  nowMs: number,
): boolean {
  const { visits, inPeriod, completed } = journey
  const last = visits[inPeriod - 1]
  if (last === undefined) return false
  const past = visits.slice(0, inPeriod)
  const placeOf = (visit: Visit) => placeAt(map, visit.step)
  const next = visits[inPeriod]
  const seen = new Set(past.map((visit) => visit.step))
  const goesOn =
    map.steps[last.step]?.goal === true ||
    (next !== undefined && next.timeMs - last.timeMs <= map.windowMs)
  const over = nowMs - last.timeMs > map.windowMs
  const left = !goesOn && over
  switch (state) {
    case 'at':
      return last.step === step
    case 'passed':
      return seen.has(step)
    case 'moved-on':
      return past.some(
        (visit, i) =>
          visit.step === step &&
          visits.some(
            (later, j) =>
              j > i &&
              placeOf(later) > placeOf(visit) &&
              later.timeMs - visit.timeMs <= map.windowMs,
          ),
      )
    case 'left':
      return last.step === step && left
    case 'in-progress':
      return last.step === step && !goesOn && !over
    case 'went-back':
      return past.some((visit, i) => visit.step === step && isWayBack(visits, i + 1, map))
    case 'reached-goal':
      return completed
    case 'skipped':
      return (completed || left) && skippedPlaces(past, map).includes(placeAt(map, step))
    case 'conforms':
      return (completed || left) && inOrder(past, map) && skippedPlaces(past, map).length === 0
  }
}

function placeAt({ steps }: SegmentMap, step: number): number {
  return steps[step]?.position ?? -1
}

/** Along a drawn loop, from the visit before. */
function isReturn(visits: readonly Visit[], i: number, map: SegmentMap): boolean {
  const [from, to] = [visits[i - 1], visits[i]]
  if (from === undefined || to === undefined) return false
  return map.steps[from.step]?.loops.includes(placeAt(map, to.step)) === true
}

/** To an earlier position, along no drawn loop, and not again to a repeatable step. */
function isWayBack(visits: readonly Visit[], i: number, map: SegmentMap): boolean {
  const [from, to] = [visits[i - 1], visits[i]]
  if (from === undefined || to === undefined) return false
  const earlier = placeAt(map, to.step) < placeAt(map, from.step)
  const again =
    map.steps[to.step]?.repeatable === true && visits.findIndex((v) => v.step === to.step) < i
  return earlier && !again && !isReturn(visits, i, map)
}

/** First visits to positions in map order, judged anew from where a drawn loop led to. */
function inOrder(past: readonly Visit[], map: SegmentMap): boolean {
  const seen = new Set<number>()
  let reached = -1
  return past.every(({ step }, i) => {
    const place = placeAt(map, step)
    const returned = isReturn(past, i, map)
    const late = place < reached && !seen.has(place)
    seen.add(place)
    reached = returned ? place : Math.max(reached, place)
    return returned || !late
  })
}

/** Obligatory positions before the furthest one visited that were not. */
function skippedPlaces(past: readonly Visit[], map: SegmentMap): readonly number[] {
  const places = new Set(past.map(({ step }) => placeAt(map, step)))
  const furthest = Math.max(...places)
  return map.steps.flatMap(({ optional, position }) =>
    position < furthest && !optional && !places.has(position) ? [position] : [],
  )
}
