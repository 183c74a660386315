import { at } from '../at.ts'
import type { Period } from '../question.ts'

/** A longer pause of a customer ends their session, unless something else was asked for. */
export const SESSION_GAP_MS = 1_800_000

/** How a customer's events are cut into sessions. */
export interface SessionRules {
  /** A longer pause begins a new session. null: pauses do not. */
  readonly gapMs: number | null
  /** Instants at which every session is cut: local midnights, ascending; null: midnight does not cut. */
  readonly midnights: Float64Array | null
  /** An event later than this after the session's first begins a new one. null: no limit. */
  readonly maxMs: number | null
  /** Sessions are the values of a property, whenever they happened. */
  readonly byValue: boolean
  /** A session runs from a start event to the first end event after it; unfinished ones do not count. */
  readonly bounded: boolean
  readonly bounce: BounceRule
  /** Only sessions that began in it are there; null: all. Events around it say where they begin and end. */
  readonly begun: Period | null
}

/**
 * `engaged`: not (over 10 s in the foreground, or a key event, or two page or screen views).
 * `one-page`: exactly one page view. `one-page-no-interaction`: one page view and no interactive event.
 * `ten-seconds`: not (over one page view, an autocaptured event, or 10 s and more). `one-event`: a single event.
 */
export type BounceRule =
  | 'engaged'
  | 'one-page'
  | 'one-page-no-interaction'
  | 'ten-seconds'
  | 'one-event'

/** Bits of an event's mask. */
export const SESSION_BITS = {
  page: 1,
  interactive: 2,
  autocaptured: 4,
  key: 8,
  start: 16,
  end: 32,
} as const

/** One customer's events in order. */
export interface SessionJourney {
  readonly times: Float64Array
  /** SESSION_BITS of each event. */
  readonly masks: Uint32Array
  /** Foreground milliseconds that the event reports; null or NaN: none. */
  readonly foregroundMs: Float64Array | null
  /** Session value of each event, 0: none, the event belongs to no session; null unless `byValue`. */
  readonly values: Float64Array | null
}

export interface Session {
  readonly startMs: number
  readonly endMs: number
  readonly events: number
  readonly pages: number
  readonly interactive: number
  readonly autocaptured: number
  readonly keyEvents: number
  /** null: nothing was reported. */
  readonly foregroundMs: number | null
}

export function isBounce(session: Session, rule: BounceRule): boolean {
  const durationMs = session.endMs - session.startMs
  switch (rule) {
    case 'engaged':
      return !(
        (session.foregroundMs ?? durationMs) > 10_000 ||
        session.keyEvents > 0 ||
        session.pages >= 2
      )
    case 'one-page':
      return session.pages === 1
    case 'one-page-no-interaction':
      return session.pages === 1 && session.interactive === 0
    case 'ten-seconds':
      return !(session.pages > 1 || session.autocaptured > 0 || durationMs >= 10_000)
    case 'one-event':
      return session.events === 1
  }
}

/** The sessions of one customer in order of their start. */
export function sessionsOf(journey: SessionJourney, rules: SessionRules): readonly Session[] {
  const { begun } = rules
  const all = rules.byValue
    ? sessionsByValue(journey)
    : (rules.bounded ? boundedParts(journey, rules) : gapParts(journey, rules)).map(([from, to]) =>
        sessionOf(journey, range(from, to)),
      )
  return begun === null ? all : all.filter(({ startMs }) => isIn(startMs, begun))
}

function isIn(atMs: number, { fromMs, toMs }: Period): boolean {
  return atMs >= fromMs && atMs < toMs
}

/** Sessions are cut by a pause of this length at most; and so far before and after a period they are followed. */
export const LONGEST_PAUSE_MS = 86_400_000

/**
 * What to read of a period so that its sessions are whole: a pause is never longer than a day.
 *
 * @param afterMs also so long after it
 */
export function aroundPeriod(period: Period, afterMs = 0): Period {
  return {
    fromMs: period.fromMs - LONGEST_PAUSE_MS,
    toMs: period.toMs + Math.max(LONGEST_PAUSE_MS, afterMs),
  }
}

type Part = readonly [from: number, to: number]

function gapParts({ times }: SessionJourney, rules: SessionRules): readonly Part[] {
  const parts: Part[] = []
  let start = 0
  for (let i = 1; i <= times.length; i++) {
    if (i < times.length && !splits(times, start, i, rules)) continue
    if (i > start) parts.push([start, i])
    start = i
  }
  return parts
}

function splits(times: Float64Array, start: number, i: number, rules: SessionRules): boolean {
  const now = times[i] ?? 0
  const before = times[i - 1] ?? 0
  if (rules.gapMs !== null && now - before > rules.gapMs) return true
  if (rules.maxMs !== null && now - (times[start] ?? 0) > rules.maxMs) return true
  return rules.midnights !== null && dayOf(rules.midnights, now) !== dayOf(rules.midnights, before)
}

/** How many midnights have passed at this instant. */
export function dayOf(midnights: Float64Array, atMs: number): number {
  let low = 0
  let high = midnights.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((midnights[middle] ?? 0) <= atMs) low = middle + 1
    else high = middle
  }
  return low
}

function boundedParts({ times, masks }: SessionJourney, rules: SessionRules): readonly Part[] {
  const parts: Part[] = []
  let start = -1
  for (let i = 0; i < times.length; i++) {
    const mask = masks[i] ?? 0
    // A cut inside leaves the session unfinished.
    if (start >= 0 && splits(times, start, i, rules)) start = -1
    if (start < 0) {
      if ((mask & SESSION_BITS.start) !== 0) start = i
    } else if ((mask & SESSION_BITS.end) !== 0) {
      parts.push([start, i + 1])
      start = -1
    }
  }
  return parts
}

function sessionsByValue(journey: SessionJourney): readonly Session[] {
  const byValue = new Map<number, number[]>()
  journey.values?.forEach((value, i) => {
    if (value === 0) return
    const events = byValue.get(value)
    if (events === undefined) byValue.set(value, [i])
    else events.push(i)
  })
  return [...byValue.values()].map((events) => sessionOf(journey, events))
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}

function sessionOf(journey: SessionJourney, events: readonly number[]): Session {
  const { times, masks, foregroundMs } = journey
  const withBit = (bit: number): number =>
    events.reduce((n, i) => (((masks[i] ?? 0) & bit) === 0 ? n : n + 1), 0)
  let foreground: number | null = null
  if (foregroundMs !== null) {
    for (const i of events) {
      const ms = foregroundMs[i] ?? Number.NaN
      if (!Number.isNaN(ms)) foreground = (foreground ?? 0) + ms
    }
  }
  return {
    startMs: at(times, at(events, 0)),
    endMs: at(times, at(events, events.length - 1)),
    events: events.length,
    pages: withBit(SESSION_BITS.page),
    interactive: withBit(SESSION_BITS.interactive),
    autocaptured: withBit(SESSION_BITS.autocaptured),
    keyEvents: withBit(SESSION_BITS.key),
    foregroundMs: foreground,
  }
}
