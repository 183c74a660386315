import { detect, type ImportOptions, NO_SOURCE } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { readAll } from '../testing/read-all.ts'
import { CsvReader } from './csv-reader.ts'
import { eventHashes } from './event-hashes.ts'
import { ExportEncoder } from './export-encoder.ts'
import { MoneyCount } from './money-count.ts'
import { RowOccurrences } from './occurrences.ts'

// SPEC.md [IM48]: what a known export's rows are refused for, and where that is said.

const SHAPE = { delimiter: ',', header: true, carriageReturns: false, skip: 0 }

function encoded(lines: readonly string[], options: ImportOptions = {}) {
  const bytes = Buffer.from(`${lines.join('\n')}\n`)
  const { columns, rows } = readAll((sink) => new CsvReader(SHAPE, sink), Buffer.from(bytes), 1000)
  const { mapping, problems, export: kind } = detect({ columns, rows }, options)
  if (mapping === null) return { kind, problems: problems.map(({ code }) => code) }
  const refused: (readonly [line: number, code: string, detail: string, text: string])[] = []
  const encoder = new ExportEncoder(
    {
      mapping,
      workspaceId: 1,
      source: NO_SOURCE,
      latestMs: Date.UTC(2026, 11, 1),
      hashes: eventHashes(1),
      occurrences: new RowOccurrences(),
      formerOccurrences: null,
      money: new MoneyCount(),
    },
    (line, code, detail, text) => void refused.push([line, code, detail, text]),
  )
  const reader = new CsvReader(SHAPE, {
    columns: (names) => encoder.columns(names),
    row: (...row) => encoder.row(...row),
    reject: () => {},
  })
  reader.push(bytes)
  reader.end(false)
  encoder.end()
  const chunk = encoder.take()
  return {
    kind,
    decimal: mapping.decimal,
    refused,
    events: chunk?.events.ends.length ?? 0,
    told: chunk?.stated.identifies.length ?? 0,
  }
}

const ORDERS = 'Name,Email,Financial Status,Created at,Total,Refunded Amount,Currency,Lineitem name'

test('[IM48] an order of several rows is refused with all of them, the first with why', () => {
  const first = '#1,a@x.example,paid,no day,10.00,0.00,EUR,Mug'
  const found = encoded([
    ORDERS,
    first,
    '#1,a@x.example,,,,,,Cup',
    '#2,b@x.example,paid,2026-03-01 10:00:00 +0200,5.00,0.00,EUR,Pen',
  ])
  expect(found).toMatchObject({ kind: 'shopify', events: 1 })
  expect(found.refused).toEqual([
    [2, 'time-unreadable', expect.stringContaining("Created at is 'no day'"), first],
    [3, 'time-unreadable', 'it goes with line 2, which was refused', '#1,a@x.example,,,,,,Cup'],
  ])
})

test('[IM48] money that is no number is refused with its text, never left out', () => {
  const { refused, events } = encoded([
    ORDERS,
    '#1,a@x.example,paid,2026-03-01 10:00:00 +0200,gold,0.00,EUR,Mug',
    '#2,a@x.example,refunded,2026-03-01 10:00:00 +0200,5.00,some,EUR,Mug',
    '#3,a@x.example,paid,2026-03-01 10:00:00 +0200,,,EUR,Mug',
  ])
  expect(refused?.map(([line, code]) => [line, code])).toEqual([
    [2, 'value-not-a-number'],
    [3, 'value-not-a-number'],
  ])
  expect(refused?.[0]?.[2]).toContain("Total is 'gold'")
  expect(events).toBe(1)
})

test('[IM48] a row is taken whole or refused whole, and counts once', () => {
  const { refused, events, told } = encoded([
    'Record ID,Email,Lifecycle Stage,Create Date',
    '1,a@x.example,lead,never',
    '2,b@x.example,lead,2026-03-01 10:00',
  ])
  expect(refused?.map(([line, code]) => [line, code])).toEqual([[2, 'time-unreadable']])
  expect([events, told]).toEqual([1, 1])
})

test('[IM48] amounts are read as the file writes them, and asked for where that is open', () => {
  const payment = (amount: string) =>
    `ch_${amount.length},2026-03-01 10:00,"${amount}",eur,Paid,a@x.example`
  const head = 'id,Created (UTC),Amount,Currency,Status,Customer Email'
  expect(encoded([head, payment('1.000'), payment('12,50')])).toMatchObject({
    kind: 'stripe',
    decimal: 'comma',
    events: 2,
  })
  expect(encoded([head, payment('1.000')])).toMatchObject({ problems: ['value-ambiguous'] })
  expect(encoded([head, payment('1.000')], { decimal: 'comma' })).toMatchObject({ events: 1 })
})

test('[IM48] a file that is to be an export and lacks its columns is told so', () => {
  const plain = ['who,when,what', 'ann,2026-03-01 10:00,view']
  expect(encoded(plain, { as: 'shopify' })).toMatchObject({
    problems: ['export-lacks', 'export-lacks'],
  })
})

test('[IM54] an order without a contact counts, and its customer is known by it', () => {
  const { refused, events } = encoded([
    ORDERS,
    '#1,,paid,2026-03-01 10:00:00 +0200,20.00,0.00,EUR,Mug',
    '#1,,,,,,,Cup',
    '#2,,refunded,2026-03-01 10:00:00 +0200,5.00,5.00,EUR,Pen',
  ])
  expect(refused).toEqual([])
  expect(events).toBe(3)
})
