import { DAY_MS, type Period, wallDayOf, wallOfDate, type Zone } from '@parcurs/domain'
import type { PeriodAsked } from '../question.ts'

/** @returns null when a date is no date; the caller has checked the form before */
export function resolvePeriod(asked: PeriodAsked, zone: Zone, nowMs: number): Period | null {
  if ('fromMs' in asked) return { fromMs: asked.fromMs, toMs: asked.toMs }
  if ('lastDays' in asked) {
    const today = wallDayOf(nowMs, zone)
    return {
      fromMs: zone.toUtc(today - (asked.lastDays - 1) * DAY_MS),
      toMs: zone.toUtc(today + DAY_MS),
    }
  }
  const from = wallOfDate(asked.from)
  const to = wallOfDate(asked.to)
  if (from === null || to === null) return null
  return { fromMs: zone.toUtc(from), toMs: zone.toUtc(to + DAY_MS) }
}
