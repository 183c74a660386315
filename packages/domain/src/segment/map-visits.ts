import type { Period } from '../calendar/period.ts'
import { matchesRule } from '../condition/event-condition.ts'
import type { SegmentEvent, SegmentMap } from './segment-facts.ts'

/** A run of the same step is one visit unless more than this lies between two of its events. */
export const VISIT_PAUSE_MS = 1_800_000

/** An event that is something to a map. */
export interface MappedEvent {
  readonly timeMs: number
  /** The first step that it matches; −1: none. */
  readonly step: number
  /** It is the goal, and no money given back. */
  readonly goal: boolean
}

export function mappedEvents(
  events: readonly SegmentEvent[],
  map: SegmentMap,
): readonly MappedEvent[] {
  return events
    .map((event) => ({
      timeMs: event.timeMs,
      step: map.steps.findIndex(({ rule }) => matchesRule(rule, event)),
      goal: matchesRule(map.goal, event) && !(map.valued && event.value < 0),
    }))
    .filter(({ step, goal }) => step >= 0 || goal)
}

export interface Visit {
  readonly step: number
  readonly timeMs: number
}

/** What a map says of one customer, in a period. */
export interface MapJourney {
  /** All of them, the later ones up to one window after the period too. */
  readonly visits: readonly Visit[]
  /** So many of them, the first ones, are of the period. */
  readonly inPeriod: number
  /** Reached the goal at or after a visit of the period, within the window of the latest such visit. */
  readonly completed: boolean
}

/**
 * A visit belongs to the period in which it began.
 *
 * @param events from `VISIT_PAUSE_MS` before the period at the latest
 * @param toMs of the period; later events only say what became of its visits
 */
export function mapJourney(
  events: readonly MappedEvent[],
  { fromMs, toMs }: Period,
  windowMs: number,
): MapJourney {
  const visits: Visit[] = []
  let inPeriod = 0
  let completed = false
  let latest: MappedEvent | null = null
  for (const event of events) {
    const { step, timeMs } = event
    if (step >= 0) {
      const stays =
        latest !== null && latest.step === step && timeMs - latest.timeMs <= VISIT_PAUSE_MS
      if (!stays && timeMs >= fromMs) visits.push({ step, timeMs })
      if (timeMs < toMs) inPeriod = visits.length
      latest = event
    }
    const visit = visits[inPeriod - 1]
    if (event.goal && visit !== undefined && timeMs - visit.timeMs <= windowMs) completed = true
  }
  return { visits, inPeriod, completed }
}
