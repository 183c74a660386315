import type { Mapping } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { AT, bufferOf } from '../log/event-row.ts'
import { CsvReader } from './csv-reader.ts'
import type { EventChunk } from './event-chunk.ts'
import { eventHashes } from './event-hashes.ts'
import { EventReader } from '../log/read-event.ts'
import { JsonCells } from './json-cells.ts'
import { JsonReader } from './json-reader.ts'
import { MoneyCount } from './money-count.ts'
import { RowOccurrences } from './occurrences.ts'
import { RowEncoder } from './row-encoder.ts'
import type { RowReader, RowSink } from './row-sink.ts'

const MAPPING: Mapping = {
  export: null,
  customer: 'who',
  anonymous: null,
  time: 'when',
  clock: null,
  timeFormat: 'iso',
  zone: 'UTC',
  event: 'what',
  eventName: '',
  value: ['amount'],
  decimal: 'point',
  id: null,
  channel: null,
  url: 'page',
  currency: null,
  currencyCode: '',
  order: null,
}

const CSV = `when,who,what,amount,page,shade
2026-10-01 09:00:00,ann,view,,/a?b=1,red
2026-10-01 09:05:00,ann,buy,25.00,,
2026-10-01 09:05:00,ann,buy,25.00,,
`

function encoded(
  text: string,
  mapping: Mapping,
  reader: (sink: RowSink) => RowReader = csvReader,
  money = new MoneyCount(),
): EventChunk {
  const input = {
    mapping,
    workspaceId: 7,
    source: 3_000_000_000,
    latestMs: Date.UTC(2027, 0, 1),
    hashes: eventHashes(7),
    occurrences: new RowOccurrences(),
    formerOccurrences: new RowOccurrences(),
    money,
  }
  const refused = (_line: number, code: string, detail: string) => {
    throw new Error(`${code}: ${detail}`)
  }
  const encoder = new RowEncoder(input, refused)
  const rows = reader({
    columns: (names, own) => encoder.columns(names, own),
    row: (...row) => encoder.row(...row),
    reject: refused,
  })
  rows.push(Buffer.from(text))
  rows.end(false)
  const chunk = encoder.take()
  if (chunk === null) throw new Error('no rows')
  return chunk
}

function csvReader(sink: RowSink): RowReader {
  return new CsvReader({ delimiter: ',', header: true, carriageReturns: false, skip: 0 }, sink)
}

function messagesOf({ events }: EventChunk): readonly string[] {
  return fields(events, (row) => row.subarray(AT.message, AT.message + 16).toString('hex'))
}

function fields<T>(events: EventChunk['events'], read: (row: Buffer) => T): readonly T[] {
  const bytes = bufferOf(events)
  return [...events.ends].map((end, i) =>
    read(bytes.subarray(i === 0 ? 0 : events.ends[i - 1], end)),
  )
}

test('[IM12] a row is known by its cells, whatever its columns are taken for', () => {
  const messages = messagesOf(encoded(CSV, MAPPING))
  expect(new Set(messages).size).toBe(3)
  const other = { ...MAPPING, customer: 'what', event: 'who', value: [], url: null }
  expect(messagesOf(encoded(CSV, other))).toEqual(messages)
})

test('[IM12] in whatever order the columns stand, and in whatever format', () => {
  const messages = messagesOf(encoded(CSV, MAPPING))
  const turned = CSV.trim()
    .split('\n')
    .map((line) => line.split(',').toReversed().join(','))
    .join('\n')
  expect(messagesOf(encoded(`${turned}\n`, MAPPING))).toEqual(messages)
  const [header = '', ...lines] = CSV.trim().split('\n')
  const names = header.split(',')
  const json = lines.map((line) =>
    JSON.stringify(Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell]))),
  )
  const jsonReader = (sink: RowSink) => new JsonReader(sink)
  expect(messagesOf(encoded(`${json.join('\n')}\n`, MAPPING, jsonReader))).toEqual(messages)
})

test('[IM12] a cell more is another row, and so is the same cell under another name', () => {
  const [first] = messagesOf(encoded(CSV, MAPPING))
  expect(messagesOf(encoded(CSV.replace('red', 'reds'), MAPPING))[0]).not.toBe(first)
  expect(messagesOf(encoded(CSV.replace('shade', 'tone'), MAPPING))[0]).not.toBe(first)
})

test('[IM12] what earlier programs knew a row by is told', () => {
  // As version 0.1.0 computed them.
  const words = encoded(CSV, MAPPING).formerWords ?? new Uint32Array(0)
  const told = Buffer.from(words.buffer)
  expect([0, 1, 2].map((i) => told.subarray(i * 16, i * 16 + 16).toString('hex'))).toEqual([
    'def45b6022e8c57d34fbbec3be82fde1',
    '9ae45803a0d233e287476fbf106c69ad',
    '4d0b9024fda24bde53068865a7d84a0e',
  ])
})

test('[LO1] every row carries the number of its import', () => {
  const { events } = encoded(CSV, MAPPING)
  expect(fields(events, (row) => row.readUInt32LE(AT.source))).toEqual(
    Array.from({ length: 3 }, () => 3_000_000_000),
  )
})

test('[IM44] money is counted by the currency that its row says', () => {
  const money = new MoneyCount()
  const text =
    'who,when,price,cur\na,2026-01-01,12.5,RON\na,2026-01-02,-2.25,RON\nb,2026-01-03,3,\nb,2026-01-04,,HUF\n'
  const mapping = { ...MAPPING, customer: 'who', time: 'when', event: null, eventName: 'sale' }
  encoded(text, { ...mapping, value: ['price'], currency: 'cur', id: null }, csvReader, money)
  expect(money.counts).toEqual({ RON: { events: 2, ticks: 102_500 } })
})

test('[ID7] words for nobody are ids where that is said', () => {
  const text = 'who,when\nnull,2026-01-01\nguest,2026-01-02\nNIL,2026-01-03\n'
  const mapping = { ...MAPPING, event: null, eventName: 'e', value: [], anyId: true }
  expect(encoded(text, mapping).events.ends).toHaveLength(3)
  expect(() => encoded(text, { ...mapping, anyId: false })).toThrow("who is 'null'")
})

const JSON_CELLS = `when,who,what,amount,page,about
2026-10-01 09:00:00,ann,view,,/,"{""size"":{""wide"":7},""id"":12345678901234567890,""tags"":[1, 2],""none"":null}"
2026-10-01 09:05:00,ann,buy,25.00,/,"[ {""sku"":1} ]"
2026-10-01 09:06:00,ann,buy,25.00,/,{not json}
2026-10-01 09:07:00,ann,buy,1.00,/,plain
`
const JSON_LINES = `{"when":"2026-10-01 09:00:00","who":"ann","what":"view","page":"/","about":{"size":{"wide":7},"id":12345678901234567890,"tags":[1, 2],"none":null}}
{"when":"2026-10-01 09:05:00","who":"ann","what":"buy","amount":"25.00","page":"/","about":[ {"sku":1} ]}
{"when":"2026-10-01 09:06:00","who":"ann","what":"buy","amount":"25.00","page":"/","about":"{not json}"}
{"when":"2026-10-01 09:07:00","who":"ann","what":"buy","amount":"1.00","page":"/","about":"plain"}
`

test('[IM53] JSON in a cell gives what JSON lines give, and the row is known as it stands', () => {
  const unfolding = (sink: RowSink) => csvReader(new JsonCells(sink))
  const eventsOf = (chunk: EventChunk) =>
    new EventReader()
      .read(bufferOf(chunk.events))
      .map(({ name, value, properties }) => ({ name, value, properties: { ...properties } }))
  const money = new MoneyCount()
  const euros = { ...MAPPING, currencyCode: 'EUR' }
  encoded(JSON_CELLS, euros, unfolding, money)
  const cells = encoded(JSON_CELLS, MAPPING, unfolding)
  const lines = encoded(JSON_LINES, MAPPING, (sink) => new JsonReader(sink))
  expect(eventsOf(cells)).toEqual(eventsOf(lines))
  expect(eventsOf(cells)[0]?.properties).toMatchObject({
    'about.size.wide': '7',
    'about.id': '12345678901234567890',
    'about.tags': '[1,2]',
  })
  expect(money.counts).toEqual({ EUR: { events: 3, ticks: 510_000 } })
  const plain = encoded(JSON_CELLS, MAPPING)
  expect(messagesOf(cells)).toEqual(messagesOf(plain))
  expect(cells.formerWords).toEqual(plain.formerWords)
  const mapped = encoded(JSON_CELLS, { ...MAPPING, value: ['about.size.wide'] }, unfolding)
  expect(eventsOf(mapped).map(({ value }) => value)).toEqual([70_000, null, null, null])
  expect(messagesOf(mapped)).toEqual(messagesOf(plain))
})
