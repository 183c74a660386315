import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { FileOptions } from './imports.ts'
import { type Look, lookAt } from './look.ts'

// Files as people really have them, each with its right values. SPEC.md [IM24] encodings, [IM25] shape, [IM26] values.

const NOW = { latestMs: Date.UTC(2027, 0, 1), defaultZone: 'UTC', workspaceId: 1 }

const look = (file: string, options: FileOptions = {}, zone = 'UTC') =>
  lookAt(fileURLToPath(new URL(`../../../../cases/files/${file}`, import.meta.url)), options, {
    ...NOW,
    defaultZone: zone,
  })

/** The first events as `customer time event value`. */
function events(found: Look): readonly string[] {
  if (!found.ok) return [found.problem.code]
  if (found.detection.problems.length > 0) return found.detection.problems.map(({ code }) => code)
  return found.sample.examples.map(({ customer, timeMs, event, value }) => {
    const time = timeMs === null ? '?' : new Date(timeMs).toISOString().slice(0, 19)
    return `${customer} ${time} ${event} ${value ?? ''}`.trim()
  })
}

interface Case {
  readonly file: string
  readonly options?: FileOptions
  readonly rows: number
  readonly first: readonly string[]
  /** Line and a part of the words of each refused row. */
  readonly refused?: readonly (readonly [line: number, says: string])[]
}

const CASES: readonly Case[] = [
  {
    file: '01-sep-line.csv',
    rows: 8,
    first: [
      'ana 2026-03-01T09:00:00 view_item',
      'ana 2026-03-01T09:05:00 add_to_cart',
      'ana 2026-03-01T09:09:00 purchase 12.5',
    ],
  },
  { file: '01-sep-line-comma.csv', rows: 3, first: ['ana 2026-03-01T09:00:00 view_item'] },
  {
    file: '06-bom-quoted.csv',
    rows: 2,
    first: ['u1 2026-03-01T10:00:00 purchase 10', 'u2 2026-03-01T11:00:00 purchase 5.5'],
  },
  {
    file: '08-cp1250-romanian.csv',
    options: { customer: 'client', time: 'data', event: 'eveniment', value: 'suma' },
    rows: 2,
    first: [
      'Ştefan 2026-03-01T10:00:00 Vânzare în magazin 12.5',
      'Ioniţă 2026-03-01T10:05:00 Retur 3',
    ],
  },
  {
    file: '08-cp1251-latin-headers.csv',
    rows: 3,
    first: ['Иван 2026-03-01T10:00:00 Просмотр товара', 'Иван 2026-03-01T10:05:00 Покупка 1500'],
  },
  { file: '19-trailing-delimiter.csv', rows: 3, first: ['ana 2026-03-01T09:00:00 view_item'] },
  { file: '19-header-trailing.csv', rows: 3, first: ['ana 2026-03-01T09:00:00 view_item'] },
  {
    file: '20-one-nul.csv',
    rows: 61,
    first: ['c0 2026-03-01T10:00:00 login'],
    refused: [[31, 'NUL']],
  },
  { file: '22-tickets-multiline.csv', rows: 3, first: [] },
  {
    file: '04-money-symbols.csv',
    rows: 6,
    first: [
      'c1 2026-03-01T10:00:00 purchase 25000',
      'c2 2026-03-01T11:00:00 purchase 1500',
      'c3 2026-03-01T12:00:00 purchase 2300.5',
      'c4 2026-03-01T13:00:00 purchase 40',
      'c5 2026-03-01T14:00:00 purchase 3000',
    ],
  },
  {
    file: '10-excel-serial.csv',
    rows: 4,
    first: [
      'c1 2026-03-01T10:00:00 view_item',
      'c1 2026-03-01T10:05:00 purchase 20',
      'c2 2026-03-02T00:00:00 view_item',
      'c2 2026-03-02T18:00:00 purchase 30',
    ],
  },
  {
    file: '11-twelve-hour.csv',
    options: { time: 'Activity Date', event: 'Activity' },
    rows: 4,
    first: [
      'ana@example.com 2026-03-13T00:30:00 Email opened',
      'ana@example.com 2026-03-13T13:05:00 Call',
      'bob@example.com 2026-03-14T12:10:00 Email opened',
      'bob@example.com 2026-03-14T23:59:00 Meeting',
    ],
  },
  {
    file: '11-twelve-hour-iso.csv',
    rows: 3,
    first: [
      'db1 2026-10-05T18:44:00 job',
      'db1 2026-10-06T03:55:00 job',
      'db2 2026-10-05T20:05:00 job',
    ],
  },
  {
    file: '14-month-names.csv',
    rows: 4,
    first: [
      'c1 2026-11-01T00:00:00 purchase 9.99',
      'c2 2026-10-10T00:00:00 purchase 99',
      'c3 2026-01-05T10:15:00 purchase 5',
      'c4 2026-06-24T00:00:00 purchase 1',
    ],
  },
  {
    file: '49-pm4py-colon-time.csv',
    options: { customer: 'Case ID', time: 'dd-MM-yyyy:HH.mm', event: 'Activity' },
    rows: 5,
    first: ['1 2025-12-30T11:02:00 register request'],
  },
  {
    file: '56-basic-iso.csv',
    options: { customer: 'case', event: 'activity' },
    rows: 4,
    first: [
      '0001 2026-04-22T04:55:00 cutting start',
      '0001 2026-04-22T07:00:00 cutting end',
      '0002 2026-04-23T10:15:00 cutting start',
      '0002 2026-04-23T10:15:00 cutting end',
    ],
  },
  {
    file: '50-future-dates.xes',
    rows: 3,
    first: [],
    refused: [
      [4, 'at most 24 hours from now'],
      [4, 'at most 24 hours from now'],
    ],
  },
  {
    file: '13-settled-by-one-row.csv',
    rows: 3,
    first: ['a 2026-08-03T00:00:00 signup', 'a 2026-06-26T00:00:00 login'],
  },
]

describe('[IM26] files as people have them', () => {
  test.each(CASES)('$file', async ({ file, options, rows, first, refused }) => {
    const found = await look(file, options)
    expect(events(found)).toEqual(expect.arrayContaining([...first]))
    if (!found.ok) throw new Error(found.problem.code)
    expect(found.sample.rows).toBe(rows)
    expect(found.sample.rejects.map(({ line }) => line)).toEqual(
      (refused ?? []).map(([line]) => line),
    )
    for (const [i, [, says]] of (refused ?? []).entries()) {
      expect(found.sample.rejects[i]?.detail).toContain(says)
    }
  })

  test('the decimal comma of a column holds for its thousands', async () => {
    const found = await look('02-decimal-comma.csv', {
      customer: 'Kunde',
      time: 'Datum',
      value: 'Betrag',
    })
    expect(found.ok && found.detection.mapping?.decimal).toBe('comma')
  })

  test('dates that could be two are asked about', async () => {
    expect(events(await look('13-ambiguous-dates.csv'))).toEqual(['time-ambiguous'])
    expect(events(await look('13-settled-late.csv'))).toEqual(['time-ambiguous'])
  })

  test('a web page is none', async () => {
    expect(await look('59-html-as-xes.xes')).toMatchObject({
      ok: false,
      problem: { code: 'file-binary', guess: 'XML or HTML' },
    })
  })

  test('Cyrillic headers are read', async () => {
    const found = await look('08-cp1251-russian.csv')
    expect(found.ok && found.detection.columns).toEqual(['Клиент', 'Дата', 'Событие', 'Сумма'])
    expect(found.ok && found.shape).toMatchObject({ encoding: 'windows-1251', told: 'content' })
  })
})
