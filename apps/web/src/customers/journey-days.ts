import type { AnswerOf } from '../api/routes.ts'
import { dayOf } from '../periods/period.ts'

export type JourneyEvent = AnswerOf<'customerJourney'>['events'][number]

export interface JourneyDay {
  /** The day's first event. */
  readonly startMs: number
  /** Since the event before; null on the first day. */
  readonly pauseMs: number | null
  readonly events: readonly JourneyEvent[]
}

/** Cuts a journey, in order, into the calendar days of a time zone. */
export function journeyDays(
  events: readonly JourneyEvent[],
  timeZone: string,
): readonly JourneyDay[] {
  const days: { startMs: number; pauseMs: number | null; day: string; events: JourneyEvent[] }[] =
    []
  let lastMs: number | null = null
  for (const event of events) {
    const day = dayOf(event.timeMs, timeZone)
    const today = days.at(-1)
    if (today?.day === day) today.events.push(event)
    else {
      const pauseMs = lastMs === null ? null : event.timeMs - lastMs
      days.push({ startMs: event.timeMs, pauseMs, day, events: [event] })
    }
    lastMs = event.timeMs
  }
  return days
}
