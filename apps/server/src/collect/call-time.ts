import type { CallRefusal } from '@parcurs/domain'
const SECOND_MS = 1000
const DAY_MS = 86_400_000

/** Clocks that agree this well with ours are right: their times are kept to the millisecond. */
const SKEW_KEPT_MS = 60_000
/** Beyond it an event would lie in the future of every chart. */
export const FUTURE_MS = DAY_MS
/** The stores keep times from here on. */
export const EARLIEST_MS = Date.UTC(1900, 0, 1)

export type CallTime =
  /** `movedMs`: by how much the stated time was moved, because the sender's clock is off; 0: not at all. */
  | { readonly ok: true; readonly timeMs: number; readonly movedMs: number }
  | { readonly ok: false; readonly code: CallRefusal; readonly detail: string }

export interface StatedTimes {
  /** When it happened, by the sender's clock. */
  readonly timestamp: string | number | null | undefined
  readonly originalTimestamp: string | number | null | undefined
  /** When it was sent, by the same clock. */
  readonly sentAt: string | number | null | undefined
  /** From an archive: the stated time holds, however long ago it was sent. */
  readonly historical?: boolean
}

/**
 * When something happened, by our clock: the sender's time, moved by how far the sender's clock is off
 * (`received − sentAt`, as Segment does) when that is more than a minute; the time of receipt when none is said.
 *
 * @param keptSinceMs events before are refused
 */
export function callTime(stated: StatedTimes, receivedMs: number, keptSinceMs: number): CallTime {
  const said = stated.timestamp ?? stated.originalTimestamp ?? stated.sentAt ?? null
  if (said === null) return { ok: true, timeMs: receivedMs, movedMs: 0 }
  const saidMs = instantMs(said)
  if (saidMs === null) {
    return refused(
      'time-invalid',
      `timestamp is ${JSON.stringify(said)}: expected ISO 8601, e.g. 2026-01-31T12:00:00Z`,
    )
  }
  const sentMs =
    stated.sentAt === null || stated.sentAt === undefined ? null : instantMs(stated.sentAt)
  const skewMs = sentMs === null || stated.historical === true ? 0 : receivedMs - sentMs
  const movedMs = Math.abs(skewMs) > SKEW_KEPT_MS ? skewMs : 0
  const timeMs = saidMs + movedMs
  const asStated = `timestamp is ${JSON.stringify(said)}${movedMs === 0 ? '' : `, moved to ${iso(timeMs)} because sentAt is ${JSON.stringify(stated.sentAt)} and it came at ${iso(receivedMs)}`}`
  if (timeMs > receivedMs + FUTURE_MS) {
    return refused(
      'time-in-future',
      `${asStated}: expected at most 24 hours ahead of ${iso(receivedMs)}`,
    )
  }
  if (timeMs < keptSinceMs) {
    return refused('time-too-old', `${asStated}: expected ${iso(keptSinceMs)} or later`)
  }
  return { ok: true, timeMs, movedMs }
}

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i

/**
 * Epoch milliseconds of ISO 8601 text (UTC when it names no zone) or of epoch seconds or milliseconds.
 *
 * @returns null when it is neither
 */
export function instantMs(said: string | number): number | null {
  if (typeof said === 'number') {
    // Seconds until the year 5138; the same number as milliseconds is before March 1973.
    const ms = Math.round(Math.abs(said) < 1e11 ? said * SECOND_MS : said)
    return Math.abs(ms) <= 8.64e15 ? ms : null
  }
  const parts = ISO.exec(said.trim())
  if (parts === null) return null
  const [, day = '', time = '00:00', zone = 'Z'] = parts
  // TRICKY: Date.parse takes 30 February for 2 March.
  const midnightMs = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnightMs) || !new Date(midnightMs).toISOString().startsWith(day)) return null
  const offset = /^[+-]\d{2}$/.test(zone)
    ? `${zone}:00`
    : /^[+-]\d{4}$/.test(zone)
      ? `${zone.slice(0, 3)}:${zone.slice(3)}`
      : zone.toUpperCase()
  const ms = Date.parse(`${day}T${time.replace(',', '.').replace(/(\.\d{3})\d+/, '$1')}${offset}`)
  return Number.isNaN(ms) ? null : ms
}

function refused(code: CallRefusal, detail: string): CallTime {
  return { ok: false, code, detail }
}

function iso(ms: number): string {
  return Math.abs(ms) > 8.64e15 ? String(ms) : new Date(ms).toISOString()
}
