import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readNumber, writesDecimalComma } from './number-text.ts'
import { findTimeFormat } from './time-format.ts'
import { readTime, type TimeFormat } from './time-text.ts'
import { UTC, zoneNamed } from './zone.ts'

// SPEC.md, "Import": [IM4] times, [IM5] zones, [IM6] numbers.

const ms = (iso: string) => Date.parse(iso)

describe('[IM4] reads', () => {
  test.each<readonly [string, TimeFormat, string]>([
    ['2019-10-01T00:00:01Z', 'iso', '2019-10-01T00:00:01Z'],
    ['2019-10-01 00:00:01 UTC', 'iso', '2019-10-01T00:00:01Z'],
    ['2019-10-01 00:00:01', 'iso', '2019-10-01T00:00:01Z'],
    ['2010-12-30 14:32:00+01:00', 'iso', '2010-12-30T13:32:00Z'],
    ['2010-12-30T14:32:00.000+0100', 'iso', '2010-12-30T13:32:00Z'],
    ['2010-12-30T14:32+01', 'iso', '2010-12-30T13:32:00Z'],
    ['2011-10-11 13:42:22.688999+02:00', 'iso', '2011-10-11T11:42:22.688Z'],
    ['2011-10-11 13:42:22,5', 'iso', '2011-10-11T13:42:22.500Z'],
    ['2020-02-29', 'iso', '2020-02-29T00:00:00Z'],
    ['2020/02/29 8:26', 'iso', '2020-02-29T08:26:00Z'],
    ['2016-12-31T23:59:60Z', 'iso', '2016-12-31T23:59:59Z'],
    ['19970101', 'compact', '1997-01-01T00:00:00Z'],
    ['19970101235959', 'compact', '1997-01-01T23:59:59Z'],
    ['1541105830', 'epoch-s', '2018-11-01T20:57:10Z'],
    ['1541105830.796', 'epoch-s', '2018-11-01T20:57:10.796Z'],
    ['1541105830796', 'epoch-ms', '2018-11-01T20:57:10.796Z'],
    ['1540919166796.0', 'epoch-ms', '2018-10-30T17:06:06.796Z'],
    ['1541105830796123', 'epoch-us', '2018-11-01T20:57:10.796Z'],
    ['1541105830796123456', 'epoch-ns', '2018-11-01T20:57:10.796Z'],
    ['12/1/2010 8:26', 'month-day-year', '2010-12-01T08:26:00Z'],
    ['01.12.2010', 'day-month-year', '2010-12-01T00:00:00Z'],
  ])('%s', (text, format, expected) => {
    expect(readTime(text, format, UTC)).toBe(ms(expected))
    expect(findTimeFormat([text])?.share).toBe(1)
  })

  test.each<readonly [string, TimeFormat]>([
    ['2019-02-29', 'iso'],
    ['2019-13-01', 'iso'],
    ['2019-10-01 24:00:00', 'iso'],
    ['2019-10-01 00:60:00', 'iso'],
    ['2019-10-01 00:00:00 CET', 'iso'],
    ['2019-10-01 00:00:00.', 'iso'],
    ['2019-10-01x', 'iso'],
    ['2019-1-1', 'iso'],
    ['', 'iso'],
    ['20190229', 'compact'],
    ['1997010', 'compact'],
    ['12a', 'epoch-s'],
    ['13/13/2010', 'month-day-year'],
  ])('refuses %s', (text, format) => {
    expect(readTime(text, format, UTC)).toBeNull()
  })

  test('every instant that ISO can write comes back', () => {
    const instants = fc.integer({ min: -2_208_988_800_000, max: 4_102_444_799_999 })
    fc.assert(
      fc.property(instants, (at) => {
        expect(readTime(new Date(at).toISOString(), 'iso', UTC)).toBe(at)
      }),
    )
  })

  test('small numbers are not times', () => {
    expect(findTimeFormat(['246.3', '12', '99999'])).toBeNull()
    expect(findTimeFormat(['', ''])).toBeNull()
  })
})

describe('[IM5] a wall clock in a zone', () => {
  test.each([
    { zone: 'Europe/Athens', wall: '2026-01-15T12:00:00Z', utc: '2026-01-15T10:00:00Z' },
    { zone: 'Europe/Athens', wall: '2026-07-15T12:00:00Z', utc: '2026-07-15T09:00:00Z' },
    // Occurs twice: the earlier.
    { zone: 'Europe/Athens', wall: '2026-10-25T03:30:00Z', utc: '2026-10-25T00:30:00Z' },
    // Never occurs: moved on by the hour that is missing.
    { zone: 'Europe/Athens', wall: '2026-03-29T03:30:00Z', utc: '2026-03-29T01:30:00Z' },
    { zone: 'America/New_York', wall: '2026-03-08T02:30:00Z', utc: '2026-03-08T07:30:00Z' },
    { zone: 'Australia/Lord_Howe', wall: '2026-04-05T01:45:00Z', utc: '2026-04-04T14:45:00Z' },
    { zone: '+05:30', wall: '2026-01-01T05:30:00Z', utc: '2026-01-01T00:00:00Z' },
    { zone: 'UTC', wall: '2026-01-01T05:30:00Z', utc: '2026-01-01T05:30:00Z' },
  ])('$zone $wall', ({ zone, wall, utc }) => {
    expect(zoneNamed(zone)?.toUtc(ms(wall))).toBe(ms(utc))
  })

  test.each(['Europe/Athens', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca'])(
    'each hour of ten years in %s is read back as it was',
    (name) => {
      const clock = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
      const zone = zoneNamed(name)
      let wrong = 0
      for (
        let utc = ms('2016-01-01T00:00:00Z');
        utc < ms('2026-01-01T00:00:00Z');
        utc += 3 * 3.6e6
      ) {
        const text = clock.format(utc).slice(-6)
        const offsetMs =
          (Number(text.slice(0, 3)) * 60 + Number(text.at(0) + text.slice(4))) * 60_000
        const wall = utc + (Number.isNaN(offsetMs) ? 0 : offsetMs)
        // The hour that occurs twice is read as the earlier.
        const read = zone?.toUtc(wall) ?? 0
        if (read !== utc && utc - read !== 3.6e6 && utc - read !== 1.8e6) wrong++
      }
      expect(wrong).toBe(0)
    },
  )

  test.each(['Europe/Atlantis', '', '+25:00', 'noon'])('no zone is called "%s"', (name) => {
    expect(zoneNamed(name)).toBeNull()
  })
})

describe('[IM6] numbers', () => {
  test.each([
    ['35.79', false, 35.79],
    ['-2', false, -2],
    ['1,234.50', false, 1234.5],
    ['£40.00', false, 40],
    ['(12.50)', false, -12.5],
    ['1e3', false, 1000],
    ['12,50', true, 12.5],
    ['1.234,50 €', true, 1234.5],
    ['12,50', false, null],
    ['abc', false, null],
    ['', false, null],
    ['1,23,4', false, null],
    ['--1', false, null],
  ])('%s (decimal comma: %s)', (text, comma, value) => {
    expect(readNumber(text, comma)).toBe(value)
  })

  test('the column says whether commas are decimal', () => {
    expect(writesDecimalComma(['12,50', '3', ''])).toBe(true)
    expect(writesDecimalComma(['1,234', '12.5'])).toBe(false)
    expect(writesDecimalComma(['12,50', '1,234.5'])).toBe(false)
  })
})
