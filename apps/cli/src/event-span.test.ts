import { expect, test } from 'vitest'
import { lacksFirstDay, mapPeriod, sinceFirstEvent } from './event-span.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const span = (first: string, last: string) => ({
  firstMs: Date.parse(first),
  lastMs: Date.parse(last),
})

test('[CT3] with the last day alone a period begins with the first event', () => {
  expect(lacksFirstDay({ to: '2026-01-31' })).toBe(true)
  expect(lacksFirstDay({ from: '2026-01-01', to: '2026-01-31' })).toBe(false)
  const year = span('2026-01-01T08:00:00Z', '2026-10-01')
  // The day before, where that was still the date.
  expect(sinceFirstEvent('2026-01-31', year)).toEqual({ from: '2025-12-31', to: '2026-01-31' })
  expect(sinceFirstEvent('2020-01-31', year)).toEqual({ from: '2020-01-31', to: '2020-01-31' })
  expect(sinceFirstEvent('2020-01-31', null)).toEqual({ from: '2020-01-31', to: '2020-01-31' })
})

test.each([
  ['as on screen', {}, span('2025-01-01', '2026-11-20'), { lastDays: 90 }, 'last 90 days'],
  ['without any event', {}, null, { lastDays: 90 }, 'last 90 days'],
  [
    'where nothing happened lately, up to the last event',
    {},
    span('2018-01-01', '2019-03-31T09:00:00Z'),
    { from: '2019-01-01', to: '2019-03-31' },
    'the 90 days up to the last event',
  ],
  ['as said', { last: '7d' }, span('2025-01-01', '2026-11-20'), { lastDays: 7 }, null],
  [
    'never from 1970',
    { to: '2026-01-31' },
    span('2025-06-01T12:00:00Z', '2026-11-20'),
    { from: '2025-06-01', to: '2026-01-31' },
    null,
  ],
])('[CT17] the period of a map: %s', (_name, settings, events, period, called) => {
  expect(mapPeriod(settings, NOW, events)).toEqual({ period, called })
})

test('[CT17] a day that is none is refused before anything is asked', () => {
  expect(() => mapPeriod({ to: 'tomorrow' }, NOW, null)).toThrow("--to is 'tomorrow'")
})
