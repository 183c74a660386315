/** A time zone as arithmetic: where a wall clock's reading lies in UTC. */
export interface Zone {
  readonly name: string
  /**
   * @param wallMs what the clock on the wall shows, written as if it were UTC, epoch milliseconds
   * @returns epoch milliseconds, UTC. Of a reading that occurs twice the earlier; a reading that never
   *   occurs is moved on by the length of the gap (as `Temporal`'s "compatible").
   */
  readonly toUtc: (wallMs: number) => number
}

export const UTC: Zone = { name: 'UTC', toUtc: (wallMs) => wallMs }

const DAY_MS = 86_400_000
const QUARTER_MS = 900_000

/** Reads an IANA name such as `Europe/Athens`, or an offset such as `+02:00`; null: no such zone. */
export function zoneNamed(name: string): Zone | null {
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(name)
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3])
    if (minutes > 18 * 60 || Number(offset[3]) > 59) return null
    const offsetMs = (offset[1] === '-' ? -1 : 1) * minutes * 60_000
    return { name, toUtc: (wallMs) => wallMs - offsetMs }
  }
  const offsetAt = ianaOffset(name)
  if (offsetAt === null) return null
  // Asking Intl takes microseconds, and the times of a file lie close together. A clock is not changed
  // twice within a few days: where it shows the same before and after a day, that holds for the whole day.
  // On the others changes fall on quarters of an hour, so one answer holds for a quarter.
  const days = remembered((day) => {
    const before = offsetAt((day - 1) * DAY_MS)
    return before === offsetAt((day + 2) * DAY_MS) ? before : null
  })
  const quarters = remembered((quarter) => offsetOfWall(quarter * QUARTER_MS, offsetAt))
  return {
    name,
    toUtc: (wallMs) =>
      wallMs - (days(Math.floor(wallMs / DAY_MS)) ?? quarters(Math.floor(wallMs / QUARTER_MS))),
  }
}

const REMEMBERED = 100_000

/** The same answers, each asked for once; the last one without looking. */
function remembered<T>(answer: (of: number) => T): (of: number) => T {
  const answers = new Map<number, { readonly answer: T }>()
  let last: { readonly of: number; readonly answer: T } | null = null
  return (of) => {
    if (last?.of === of) return last.answer
    let held = answers.get(of)
    if (held === undefined) {
      held = { answer: answer(of) }
      if (answers.size > REMEMBERED) answers.clear()
      answers.set(of, held)
    }
    last = { of, answer: held.answer }
    return held.answer
  }
}

function offsetOfWall(wallMs: number, offsetAt: (utcMs: number) => number): number {
  const before = offsetAt(wallMs - DAY_MS)
  const after = offsetAt(wallMs + DAY_MS)
  if (before === after) return before
  if (offsetAt(wallMs - before) === before) return before
  return offsetAt(wallMs - after) === after ? after : before
}

function ianaOffset(name: string): ((utcMs: number) => number) | null {
  let clock: Intl.DateTimeFormat
  try {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return null
  }
  return (utcMs) => {
    const at: Record<string, number> = {}
    for (const { type, value } of clock.formatToParts(utcMs)) at[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = at
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(utcMs / 1000) * 1000
  }
}
