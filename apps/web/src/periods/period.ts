import type { Period } from '@parcurs/analytics'

const DAY = 86_400_000

export const PERIOD_PRESETS = ['7d', '30d', '90d', '180d', '365d', 'all'] as const
export type PeriodPreset = (typeof PERIOD_PRESETS)[number]

/** As it stands in the address: a preset, or two calendar days `2026-01-01..2026-03-31`, the last one included. */
export type PeriodChoice = PeriodPreset | `${string}..${string}`

/** Most of the window is over in a quarter; in a month nearly everybody would still be "in progress". */
export const FIRST_PERIOD: PeriodChoice = '90d'

export const COMPARISONS = ['none', 'previous', 'year'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** Nothing is older than this: the first day that "all" begins with. */
const BEGINNING = Date.UTC(2000, 0, 1)

/** Whole days of the workspace's time zone; a preset ends with today. */
export function periodOf(choice: PeriodChoice, nowMs: number, timeZone: string): Period {
  const own = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(choice)
  if (own?.[1] !== undefined && own[2] !== undefined) {
    const [first, last] = [own[1], own[2]].toSorted()
    return {
      fromMs: startOfDay(first ?? '', timeZone),
      toMs: startOfDay(nextDay(last ?? ''), timeZone),
    }
  }
  const toMs = startOfDay(nextDay(dayOf(nowMs, timeZone)), timeZone)
  if (choice === 'all') return { fromMs: BEGINNING, toMs }
  const days = Number.parseInt(choice, 10)
  const first = dayOf(toMs - days * DAY + DAY / 2, timeZone)
  return { fromMs: startOfDay(first, timeZone), toMs }
}

export function isPeriodChoice(text: unknown): text is PeriodChoice {
  return (
    typeof text === 'string' &&
    (PERIOD_PRESETS.some((preset) => preset === text) ||
      /^\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}$/.test(text))
  )
}

/** The period of the same length that ends where this one begins, or the same days one year earlier. */
export function comparedPeriod(
  period: Period,
  comparison: Comparison,
  timeZone: string,
): Period | null {
  switch (comparison) {
    case 'none':
      return null
    case 'previous':
      return { fromMs: period.fromMs - (period.toMs - period.fromMs), toMs: period.fromMs }
    case 'year': {
      const yearBefore = (ms: number) => {
        const day = dayOf(ms, timeZone)
        return startOfDay(`${Number(day.slice(0, 4)) - 1}${day.slice(4)}`, timeZone)
      }
      return { fromMs: yearBefore(period.fromMs), toMs: yearBefore(period.toMs) }
    }
  }
}

/** The choice that names these days. */
export function ownPeriod(period: Period, timeZone: string): PeriodChoice {
  return `${dayOf(period.fromMs, timeZone)}..${dayOf(period.toMs - 1, timeZone)}`
}

/** The calendar day `YYYY-MM-DD` of an instant in a time zone. */
export function dayOf(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(ms)
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10)
}

/**
 * The first instant of a calendar day. The zone's offset is read at the guess and once more where that leads,
 * because a clock change may lie between. 29 February of another year is 1 March.
 */
function startOfDay(day: string, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`)
  const midnight = Number.isNaN(utc) ? Date.parse(`${day.slice(0, 7)}-28T00:00:00Z`) + DAY : utc
  const guess = midnight - offsetAt(midnight, timeZone)
  return midnight - offsetAt(guess, timeZone)
}

function offsetAt(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms)
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value)
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return local - Math.floor(ms / 1_000) * 1_000
}
