import { expect, test } from 'vitest'
import { dayOfText } from '../calendar/date-text.ts'
import { DAY_MS } from '../calendar/local-days.ts'
import type { DayComparison } from '../condition/comparison.ts'
import { UTC, zoneNamed } from '../import/zone.ts'
import { comparesDay } from './trait-day.ts'

const athens = zoneNamed('Europe/Athens') ?? UTC

test.each([
  ['2026-01-31', '2026-01-31'],
  ['2024-02-29', '2024-02-29'],
  ['2026-02-30', null],
  ['2026-01-31T23:30:00Z', '2026-02-01'],
  ['2026-01-31T23:30:00.123456+02:00', '2026-01-31'],
  ['2026-01-31 23:30', '2026-01-31'],
  ['2026-01-31T24:00Z', null],
  ['1793000000', '2026-10-26'],
  ['1793000000123', '2026-10-26'],
  ['179300000', null],
  ['0031-01-01', null],
  ['31.1.2026', null],
  ['', null],
])('[SR3] %s is the local day %s', (text, expected) => {
  const day = dayOfText(text, athens)
  expect(day === null ? null : new Date(day * DAY_MS).toISOString().slice(0, 10)).toBe(expected)
})

test.each<[string, DayComparison, string, boolean]>([
  ['2026-03-01', { op: 'in-last', days: 1 }, '2026-03-01', true],
  ['2026-03-01', { op: 'in-last', days: 2 }, '2026-03-02', true],
  ['2026-03-01', { op: 'in-last', days: 1 }, '2026-03-02', false],
  ['2026-03-02', { op: 'in-last', days: 5 }, '2026-03-01', false],
  ['2026-03-02', { op: 'in-next', days: 1 }, '2026-03-01', false],
  ['2026-03-02', { op: 'in-next', days: 2 }, '2026-03-01', true],
  ['2026-03-02', { op: 'before', value: '2026-03-02' }, '2026-03-01', false],
  ['2026-03-02', { op: 'after', value: '2026-03-01' }, '2026-03-01', true],
  ['1990-03-02', { op: 'anniversary', days: 1 }, '2026-03-02', true],
  ['1990-01-02', { op: 'anniversary', days: 7 }, '2026-12-27', true],
  ['1990-01-03', { op: 'anniversary', days: 7 }, '2026-12-27', false],
  ['2024-02-29', { op: 'anniversary', days: 1 }, '2026-02-28', true],
  ['2024-02-29', { op: 'anniversary', days: 1 }, '2028-02-28', false],
  ['2024-02-29', { op: 'anniversary', days: 1 }, '2028-02-29', true],
])('[SR3] %s %o on %s: %s', (held, comparison, today, passes) => {
  const nowMs = athens.toUtc(Date.parse(`${today}T12:00:00Z`))
  const clock = { nowMs, zone: athens, weekStart: 'monday' as const, period: null }
  expect(comparesDay(comparison, held, clock)).toBe(passes)
})
