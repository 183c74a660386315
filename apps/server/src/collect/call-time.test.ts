import { describe, expect, test } from 'vitest'
import { callTime, EARLIEST_MS, instantMs } from './call-time.ts'

const now = Date.UTC(2026, 10, 22, 12)

describe('[CO12] instants', () => {
  test.each<[string | number, string | null]>([
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:00:00.123456Z', '2026-01-31T12:00:00.123Z'],
    ['2026-01-31T12:00:00', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31 12:00:00+02:00', '2026-01-31T10:00:00.000Z'],
    ['2026-01-31T12:00:00+0530', '2026-01-31T06:30:00.000Z'],
    ['2026-01-31T12:00-03', '2026-01-31T15:00:00.000Z'],
    ['1997-01-01', '1997-01-01T00:00:00.000Z'],
    [1_769_860_800, '2026-01-31T12:00:00.000Z'],
    [1_769_860_800_123, '2026-01-31T12:00:00.123Z'],
    [852_076_800, '1997-01-01T00:00:00.000Z'],
    ['2026-02-30', null],
    ['31.01.2026', null],
    ['1769860800', null],
    ['', null],
    [1e300, null],
    [Number.NaN, null],
  ])('%j is %s', (said, iso) => {
    const ms = instantMs(said)
    expect(ms === null ? null : new Date(ms).toISOString()).toBe(iso)
  })
})

const said = (timestamp: string | null, sentAt: string | null = null) =>
  callTime({ timestamp, sentAt, originalTimestamp: null }, now, EARLIEST_MS)

test.each<[string, ReturnType<typeof said>, number | string]>([
  ['nothing said: the time of receipt', said(null), now],
  ['as said', said('2026-11-22T11:00:00Z'), now - 3_600_000],
  [
    'a clock within a minute is right',
    said('2026-11-22T11:00:00Z', '2026-11-22T11:59:30Z'),
    now - 3_600_000,
  ],
  [
    'a clock an hour behind is moved',
    said('2026-11-22T10:00:00Z', '2026-11-22T11:00:00Z'),
    now - 3_600_000,
  ],
  [
    'a clock a year ahead is moved',
    said('2027-11-22T11:59:00Z', '2027-11-22T12:00:00Z'),
    now - 60_000,
  ],
  ['24 hours ahead', said('2026-11-23T12:00:00Z'), now + 86_400_000],
  ['more than that', said('2026-11-23T12:00:00.001Z'), 'time-in-future'],
  ['before our time', said('1899-12-31T23:59:59Z'), 'time-too-old'],
  ['no time', said('soon'), 'time-invalid'],
])('[CO5] %s', (_, time, expected) => {
  expect(time.ok ? time.timeMs : time.code).toBe(expected)
})
