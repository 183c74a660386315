import { expect, test } from 'vitest'
import { comparedPeriod, isPeriodChoice, ownPeriod, periodOf } from './period.ts'

const now = Date.UTC(2026, 10, 22, 9)
const iso = (period: { fromMs: number; toMs: number } | null) =>
  period === null ? null : [period.fromMs, period.toMs].map((ms) => new Date(ms).toISOString())

test('[UI11] a preset ends with today, in whole days of the zone', () => {
  expect(iso(periodOf('7d', now, 'UTC'))).toEqual([
    '2026-11-16T00:00:00.000Z',
    '2026-11-23T00:00:00.000Z',
  ])
  expect(iso(periodOf('7d', now, 'Europe/Athens'))).toEqual([
    '2026-11-15T22:00:00.000Z',
    '2026-11-22T22:00:00.000Z',
  ])
})

test('[UI11] over a clock change the days stay whole', () => {
  expect(iso(periodOf('30d', now, 'Europe/Athens'))?.[0]).toBe('2026-10-23T21:00:00.000Z')
})

test('[UI11] own days: the last one is included, in any order', () => {
  expect(iso(periodOf('2011-12-09..2010-12-01', now, 'UTC'))).toEqual([
    '2010-12-01T00:00:00.000Z',
    '2011-12-10T00:00:00.000Z',
  ])
})

test('[UI11] what it is compared with', () => {
  const period = periodOf('30d', now, 'UTC')
  expect(comparedPeriod(period, 'none', 'UTC')).toBeNull()
  expect(iso(comparedPeriod(period, 'previous', 'UTC'))).toEqual([
    '2026-09-24T00:00:00.000Z',
    '2026-10-24T00:00:00.000Z',
  ])
  expect(iso(comparedPeriod(period, 'year', 'UTC'))).toEqual([
    '2025-10-24T00:00:00.000Z',
    '2025-11-23T00:00:00.000Z',
  ])
})

test('[UI11] 29 February a year before is 1 March', () => {
  const leap = periodOf('2024-02-29..2024-02-29', now, 'UTC')
  expect(iso(comparedPeriod(leap, 'year', 'UTC'))?.[0]).toBe('2023-03-01T00:00:00.000Z')
})

test('[UI11] only what names a period is one', () => {
  expect(['90d', 'all', '2026-01-01..2026-02-01'].every(isPeriodChoice)).toBe(true)
  expect(['91d', '', null, '2026-1-1..2026-2-1'].some(isPeriodChoice)).toBe(false)
  const period = periodOf('2026-01-01..2026-02-01', now, 'Asia/Tokyo')
  expect(ownPeriod(period, 'Asia/Tokyo')).toBe('2026-01-01..2026-02-01')
})
