import { describe, expect, test } from 'vitest'
import { readAll } from '../testing/read-all.ts'
import { JsonReader } from './json-reader.ts'
import { XesReader } from './xes-reader.ts'

// SPEC.md [IM9] JSON lines, [IM10] XES.

const readJson = (text: string | Buffer, piece = 1000) =>
  readAll((sink) => new JsonReader(sink), Buffer.from(text), piece)

const readXes = (text: string, piece = 1000) =>
  readAll((sink) => new XesReader(sink), Buffer.from(text), piece)

describe('[IM9] JSON lines', () => {
  test('objects are flattened, lists stay JSON, null is missing, whatever the pieces', () => {
    const text =
      '{"a":1,"b":{"c":"x","d":null},"e":[1,{"f":2}]}\n\n{"b":{"d":true},"a":"ж\\n"}\r\n{"g":1.50}'
    for (let piece = 1; piece < 40; piece++) {
      const { columns, rows, rejects } = readJson(text, piece)
      expect(columns).toEqual(['a', 'b.c', 'e', 'b.d', 'g'])
      expect(rows).toEqual([
        ['1', 'x', '[1,{"f":2}]'],
        ['ж\n', '', '', 'true'],
        ['', '', '', '', '1.5'],
      ])
      expect(rejects).toEqual([])
    }
  })

  test('long numbers keep every digit: they are ids', () => {
    const line =
      '{"id":9223372036854775807,"s":"12345678901234567890 \\" 1","n":[12345678901234567890]}'
    expect(readJson(line).rows).toEqual([
      ['9223372036854775807', '12345678901234567890 " 1', '["12345678901234567890"]'],
    ])
  })

  test('several objects on a line are several rows', () => {
    expect(readJson('{"a":"}{"}{"a":2} {"a":{"b":3}}\n').rows).toEqual([['}{'], ['2'], ['', '3']])
  })

  test.each([
    { why: 'broken JSON', line: '{"a":', code: 'not-json' },
    { why: 'text after the object', line: '{"a":1} x', code: 'not-json' },
    { why: 'a list', line: '[1]', code: 'not-an-object' },
    { why: 'a bare value', line: '7', code: 'not-an-object' },
    { why: 'broken UTF-8', line: Buffer.from([0x7b, 0xff, 0x7d]), code: 'not-utf8' },
    { why: 'a row without an end', line: `{"a":"${'x'.repeat(3_000_000)}"}`, code: 'row-too-long' },
  ])('refuses $why alone, with its line', ({ line, code }) => {
    const text = Buffer.concat([
      Buffer.from('{"a":1}\n'),
      Buffer.from(line),
      Buffer.from('\n{"a":2}'),
    ])
    const { rows, rejects } = readJson(text, 100_000)
    expect(rows).toEqual([['1'], ['2']])
    expect(rejects).toEqual([expect.objectContaining({ line: 2, code })])
  })

  test('deep nesting and prototype names are only data', () => {
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`
    expect(readJson(`${deep}\n{"a":1}\n`).rejects).toEqual([
      expect.objectContaining({ line: 1, code: 'not-json' }),
    ])
    const { columns, rows } = readJson('{"__proto__":{"x":1},"constructor":"c"}\n')
    expect(columns).toEqual(['__proto__.x', 'constructor'])
    expect(rows).toEqual([['1', 'c']])
  })
})

describe('[IM10] XES', () => {
  const log = `<?xml version="1.0" encoding="UTF-8"?>
<!-- a log -->
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="x"/>
  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
  <float key="about" value="1"><float key="inside" value="2"/></float>
  <trace>
    <string key="concept:name" value="Case &amp; 1"/>
    <int key="amount" value="20"/>
    <event>
      <string key="concept:name" value="A"/>
      <date key="time:timestamp" value="2011-10-01T00:38:44.546+02:00"/>
      <string key="outer" value="o"><string key="inner" value="i"/></string>
      <list key="many"><values><string key="one" value="1"/></values></list>
    </event>
    <event><string key="concept:name" value="B"/></event>
  </trace>
  <trace><string key="concept:name" value="2"/><event><string key="lifecycle:transition" value="COMPLETE"/></event></trace>
</log>`

  test('events are rows, attributes of their trace stand with case: before', () => {
    for (const piece of [1, 5, 64, 10_000]) {
      const { columns, rows, rejects } = readXes(log, piece)
      expect(rejects).toEqual([])
      const named = rows.map((row) =>
        Object.fromEntries(columns.flatMap((name, i) => (row[i] ? [[name, row[i]]] : []))),
      )
      expect(named).toEqual([
        {
          'case:concept:name': 'Case & 1',
          'case:amount': '20',
          'concept:name': 'A',
          'time:timestamp': '2011-10-01T00:38:44.546+02:00',
          outer: 'o',
          'outer.inner': 'i',
          many: '[{"one":"1"}]',
        },
        { 'case:concept:name': 'Case & 1', 'case:amount': '20', 'concept:name': 'B' },
        { 'case:concept:name': '2', 'lifecycle:transition': 'COMPLETE' },
      ])
    }
  })

  const trace = (...events: readonly string[]) =>
    `<log><trace><string key="concept:name" value="7"/>${events.map((event) => `<event>${event}</event>`).join('')}</trace></log>`
  const step = (name: string, transition: string, minute: number, more = '') =>
    `<string key="concept:name" value="${name}"/><string key="lifecycle:transition" value="${transition}"/><date key="time:timestamp" value="2026-03-01T10:${String(minute).padStart(2, '0')}:00Z"/>${more}`
  const names = ({ columns, rows }: ReturnType<typeof readXes>, ...wanted: readonly string[]) =>
    rows.map((row) => wanted.map((name) => row[columns.indexOf(name)] ?? '').join(' '))

  test('a start and its completion are one event; what nothing completes stays', () => {
    const read = readXes(
      trace(
        step('A', 'START', 0, '<string key="org:resource" value="ann"/>'),
        step('B', 'schedule', 1),
        step('A', 'start', 2),
        step('A', 'COMPLETE', 5),
        step('C', 'complete', 6),
        step('B', 'start', 7),
        step('A', 'complete', 9),
      ),
    )
    const wanted = ['concept:name', 'lifecycle:transition', 'lifecycle:seconds']
    expect(names(read, ...wanted, 'lifecycle:start:org:resource')).toEqual([
      'B schedule  ',
      'A COMPLETE 300 ann',
      'C complete  ',
      'B start  ',
      'A complete 420 ',
    ])
  })

  test('all of them where that is asked', () => {
    const text = trace(step('A', 'start', 0), step('A', 'complete', 5))
    const all = readAll((sink) => new XesReader(sink, 'all'), Buffer.from(text), 100)
    expect(names(all, 'lifecycle:transition')).toEqual(['start', 'complete'])
    expect(all.columns).not.toContain('lifecycle:seconds')
  })

  test('lists are kept whole, also those in lists and with one key twice', () => {
    const value = (key: string, text: string) => `<string key="${key}" value="${text}"/>`
    const list = (key: string, ...items: readonly string[]) =>
      `<list key="${key}"><values>${items.join('')}</values></list>`
    const { columns, rows } = readXes(
      trace(list('many', value('one', '1'), value('one', '2'), list('more', value('x', '3')))),
    )
    expect(rows[0]?.[columns.indexOf('many')]).toBe(
      '[{"one":"1"},{"one":"2"},{"more":[{"x":"3"}]}]',
    )
  })

  test('an event outside a trace is refused, its neighbours are kept', () => {
    const text = trace(step('A', 'x', 1)).replace(
      '<log>',
      `<log><event>${step('lost', 'x', 0)}</event>`,
    )
    const { rows, rejects } = readXes(text)
    expect(rows).toHaveLength(1)
    expect(rejects).toEqual([
      expect.objectContaining({ code: 'no-customer', text: expect.stringContaining('"lost"') }),
    ])
  })

  test('elements that go deeper and deeper are refused in words', () => {
    const deep = trace('<string key="a" value="1">'.repeat(200_000))
    const { rejects } = readXes(deep, 65_536)
    expect(rejects).toEqual([
      expect.objectContaining({ code: 'xml-broken', detail: expect.stringContaining('deep') }),
    ])
  })

  test('what came before broken XML is kept, the rest is refused once', () => {
    const { rows, rejects } = readXes(
      log.replace('<trace><string key="concept:name" value="2"/>', '<trace><oops'),
    )
    expect(rows).toHaveLength(2)
    expect(rejects).toEqual([expect.objectContaining({ code: 'xml-broken', line: 18 })])
  })

  test('entities of its own are not expanded', () => {
    const bomb = `<!DOCTYPE log [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]>${log.slice(log.indexOf('<log')).replace('Case &amp; 1', '&b;')}`
    const { rejects } = readXes(bomb)
    expect(rejects).toEqual([expect.objectContaining({ code: 'xml-broken' })])
  })
})
