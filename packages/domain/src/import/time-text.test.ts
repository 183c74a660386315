import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findTimeFormat } from './time-format.ts'
import { joined, readTime, saysZone, type TimeFormat, unknownZone } from './time-text.ts'
import { UTC, zoneNamed } from './zone.ts'

// SPEC.md, "Import": [IM4] times, [IM5] zones.

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
    ['2019-1-1', 'iso', '2019-01-01T00:00:00Z'],
    ['2026/4/1 8:05', 'iso', '2026-04-01T08:05:00Z'],
    ['2026.04.01 08:05:09', 'iso', '2026-04-01T08:05:09Z'],
    ['2026年4月1日 下午1:05', 'iso', '2026-04-01T13:05:00Z'],
    ['2026年4月1日 星期三 上午12:30:15', 'iso', '2026-04-01T00:30:15Z'],
    ['2026/4/1 下午12:10', 'iso', '2026-04-01T12:10:00Z'],
    ['2026年4月1日8时05分30秒', 'iso', '2026-04-01T08:05:30Z'],
    ['2026-10-05 06:44:00 PM', 'iso', '2026-10-05T18:44:00Z'],
    ['2026-10-05 12:30 a.m.', 'iso', '2026-10-05T00:30:00Z'],
    ['2026-10-05 12:30 p. m.', 'iso', '2026-10-05T12:30:00Z'],
    ['2026-03-01 10:00:00 CET', 'iso', '2026-03-01T09:00:00Z'],
    ['2026-03-01 10:00:00 EDT', 'iso', '2026-03-01T14:00:00Z'],
    ['2026-03-01 10:00 MSK', 'iso', '2026-03-01T07:00:00Z'],
    ['2026-03-01 10:00 EEST', 'iso', '2026-03-01T07:00:00Z'],
    ['2026-03-01 10:00 PM PST', 'iso', '2026-03-02T06:00:00Z'],
    ['2026-03-01 10:00:00 +0000 UTC', 'iso', '2026-03-01T10:00:00Z'],
    ['2026-03-01T10:00+02:00[Europe/Athens]', 'iso', '2026-03-01T08:00:00Z'],
    ['2026-03-01 10:00 GMT+3', 'iso', '2026-03-01T07:00:00Z'],
    ['2026-03-01 10.15.30', 'iso', '2026-03-01T10:15:30Z'],
    ['2026-03-01/10:15', 'iso', '2026-03-01T10:15:00Z'],
    ['2184-05-04T16:13:00.000Z', 'iso', '2184-05-04T16:13:00Z'],
    ['20260422T0455', 'compact', '2026-04-22T04:55:00Z'],
    ['20260423T101500Z', 'compact', '2026-04-23T10:15:00Z'],
    ['20260423T101500.250+0300', 'compact', '2026-04-23T07:15:00.250Z'],
    ['20260423 10:15', 'compact', '2026-04-23T10:15:00Z'],
    ['30-12-2025:11.02', 'day-month-year', '2025-12-30T11:02:00Z'],
    ['30/12/2025/11:02', 'day-month-year', '2025-12-30T11:02:00Z'],
    ['30/12/2025 12:30 π.μ.', 'day-month-year', '2025-12-30T00:30:00Z'],
    ['30/12/2025 1:05:06 μ.μ.', 'day-month-year', '2025-12-30T13:05:06Z'],
    ['30.12.2025, 11:02:03', 'day-month-year', '2025-12-30T11:02:03Z'],
    ['3/13/2026 12:30 AM', 'month-day-year', '2026-03-13T00:30:00Z'],
    ['3/13/2026 1:05PM', 'month-day-year', '2026-03-13T13:05:00Z'],
    ['Fri 3/13/2026 11:59 PM', 'month-day-year', '2026-03-13T23:59:00Z'],
    ['01 NOV 2026', 'month-name', '2026-11-01T00:00:00Z'],
    ['05-Jan-2026 10:15', 'month-name', '2026-01-05T10:15:00Z'],
    ['05-JAN-26', 'month-name', '2026-01-05T00:00:00Z'],
    ['June 24 2026', 'month-name', '2026-06-24T00:00:00Z'],
    ['Jun 24th, 2026 at 3:04 PM', 'month-name', '2026-06-24T15:04:00Z'],
    ['Sept. 3, 2026', 'month-name', '2026-09-03T00:00:00Z'],
    ['2026-Nov-01 08:00', 'month-name', '2026-11-01T08:00:00Z'],
    ['01/Mar/2026:10:00:00 +0200', 'month-name', '2026-03-01T08:00:00Z'],
    ['Wed, 01 Apr 2026 10:00:00 +0300', 'month-name', '2026-04-01T07:00:00Z'],
    ['Sun Mar  1 10:00:00 UTC 2026', 'month-name', '2026-03-01T10:00:00Z'],
    [
      'Sun Mar 01 2026 10:00:00 GMT+0200 (Eastern European Standard Time)',
      'month-name',
      '2026-03-01T08:00:00Z',
    ],
    ['1 noiembrie 2026, 14:05', 'month-name', '2026-11-01T14:05:00Z'],
    ['marți, 3 mar. 2026', 'month-name', '2026-03-03T00:00:00Z'],
    ['1 ноября 2026 г., 14:05', 'month-name', '2026-11-01T14:05:00Z'],
    ['05 мая 2026 г. в 9:07', 'month-name', '2026-05-05T09:07:00Z'],
    ['вт, 03 мар. 2026', 'month-name', '2026-03-03T00:00:00Z'],
    ['24 Ιουνίου 2026, 3:04 μ.μ.', 'month-name', '2026-06-24T15:04:00Z'],
    ['24 ΜΑΪ 2026', 'month-name', '2026-05-24T00:00:00Z'],
  ])('%s', (text, format, expected) => {
    expect(readTime(text, format, UTC)).toBe(ms(expected))
    expect(findTimeFormat([text])).toMatchObject({ format, share: 1 })
  })

  test.each<readonly [string, TimeFormat]>([
    ['2019-02-29', 'iso'],
    ['2019-13-01', 'iso'],
    ['2019-10-01 24:00:00', 'iso'],
    ['2019-10-01 00:60:00', 'iso'],
    ['2019-10-01 00:00:00 IST', 'iso'],
    ['2019-10-01 13:00 AM', 'iso'],
    ['2019-10-01 3', 'iso'],
    ['2026/4/31', 'iso'],
    ['20260422T2455', 'compact'],
    ['31 Brumaire 2026', 'month-name'],
    ['31 Apr 2026', 'month-name'],
    ['5 May', 'month-name'],
    ['46082,4,1', 'excel-serial'],
    ['2019-10-01 00:00:00.', 'iso'],
    ['2019-10-01x', 'iso'],
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

  test.each([
    ['46082.416667', '2026-03-01T10:00:00Z'],
    ['46082.420139', '2026-03-01T10:05:00Z'],
    ['46083', '2026-03-02T00:00:00Z'],
    ['46083.75', '2026-03-02T18:00:00Z'],
    ['46083,5', '2026-03-02T12:00:00Z'],
    ['46082.4166666666', '2026-03-01T10:00:00Z'],
  ])('%s, a day of a spreadsheet, where the column is called a time', (text, expected) => {
    expect(readTime(text, 'excel-serial', UTC)).toBe(ms(expected))
    expect(findTimeFormat([text], true)?.format).toBe('excel-serial')
    expect(findTimeFormat([text])).toBeNull()
  })

  test('every month of five languages, in full and short, with a day', () => {
    const unread: string[] = []
    for (const language of ['en', 'ro', 'ru', 'el', 'zh']) {
      for (const month of ['long', 'short'] as const) {
        const dates = new Intl.DateTimeFormat(language, {
          year: 'numeric',
          month,
          day: 'numeric',
          timeZone: 'UTC',
        })
        for (let i = 0; i < 12; i++) {
          const at = Date.UTC(2026, i, 17)
          const text = dates.format(at)
          const format = findTimeFormat([text])?.format
          if (format === undefined || readTime(text, format, UTC) !== at) unread.push(text)
        }
      }
    }
    expect(unread).toEqual([])
  })

  test('what each language writes for date and time comes back', () => {
    const unread: string[] = []
    for (const language of ['en-US', 'en-GB', 'ro', 'ru', 'el', 'zh-CN', 'zh-TW']) {
      for (const hourCycle of ['h12', 'h23'] as const) {
        for (const dateStyle of ['short', 'medium', 'long', 'full'] as const) {
          const times = new Intl.DateTimeFormat(language, {
            dateStyle,
            timeStyle: 'medium',
            hourCycle,
            timeZone: 'UTC',
          })
          for (const hour of [0, 1, 11, 12, 13, 23]) {
            const at = Date.UTC(2026, 3, 17, hour, 5, 9)
            const text = times.format(at)
            const format = findTimeFormat([text])?.format
            // Two digits for the year are not guessed about.
            const short = dateStyle === 'short' && !text.includes('2026')
            if (!short && (format === undefined || readTime(text, format, UTC) !== at))
              unread.push(text)
          }
        }
      }
    }
    expect(unread).toEqual([])
  })

  test('says whether a text names its zone, and which zone is not known', () => {
    expect(saysZone('2026-03-01T10:00:00Z', 'iso')).toBe(true)
    expect(saysZone('1 Mar 2026 10:00 CET', 'month-name')).toBe(true)
    expect(saysZone('1541105830', 'epoch-s')).toBe(true)
    expect(saysZone('2026-03-01 10:00', 'iso')).toBe(false)
    expect(saysZone('46082.5', 'excel-serial')).toBe(false)
    expect(unknownZone('2026-03-01 10:00 IST', 'iso')).toBe('IST')
    expect(unknownZone('2026-03-01 10:00 CET', 'iso')).toBeNull()
    expect(unknownZone('rubbish IST', 'iso')).toBeNull()
  })

  test.each([
    ['2026-03-01', '14:30:00', '2026-03-01 14:30:00', 'iso'],
    ['2026-03-01', '', '2026-03-01', 'iso'],
    ['2026-03-01 00:00:00', '14:30', '2026-03-01 14:30', 'iso'],
    ['2026-03-01T00:00:00Z', '14:30', '2026-03-01 14:30', 'iso'],
    ['3/13/2026 0:00', '1:05 PM', '3/13/2026 1:05 PM', 'month-day-year'],
    ['01.03.2026', '1899-12-30 14:30:00', '01.03.2026 14:30:00', 'day-month-year'],
    ['46082', '0.416667', '46082.416667', 'excel-serial'],
    ['20260301', '930', '20260301T0930', 'compact'],
    ['20260301', '143000', '20260301T143000', 'compact'],
    ['1 Mar 2026', '2:30 pm', '1 Mar 2026 2:30 pm', 'month-name'],
  ] as const)('a date %s and a time %s in two columns', (date, time, text, format) => {
    expect(joined(date, time)).toBe(text)
    expect(readTime(text, format, UTC)).not.toBeNull()
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
