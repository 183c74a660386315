import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsvReader, distinctNames } from './csv-reader.ts'
import { readAll } from '../testing/read-all.ts'
import { ROW_LIMIT_BYTES } from './row-sink.ts'

// SPEC.md [IM7] CSV, [IM8] bad rows alone.

const SHAPE = { delimiter: ',', header: true, carriageReturns: false, skip: 0 }

const read = (bytes: string | Buffer, pieceBytes = 1 << 20, shape = SHAPE) =>
  readAll((sink) => new CsvReader(shape, sink), Buffer.from(bytes), pieceBytes)

describe('[IM7] reads', () => {
  test.each([
    {
      why: 'plain rows',
      text: 'a,b\n1,2\n3,4\n',
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    },
    { why: 'no line end after the last row', text: 'a,b\n1,2', rows: [['1', '2']] },
    { why: 'Windows line ends', text: 'a,b\r\n1,2\r\n', rows: [['1', '2']] },
    { why: 'quoted fields', text: 'a,b\n"1,5","x ""y"" z"\n', rows: [['1,5', 'x "y" z']] },
    {
      why: 'line ends inside quotes',
      text: 'a,b\n"1\n2",3\n4,5\n',
      rows: [
        ['1\n2', '3'],
        ['4', '5'],
      ],
    },
    {
      why: 'empty fields',
      text: 'a,b,c\n,,\n"",x,\n',
      rows: [
        ['', '', ''],
        ['', 'x', ''],
      ],
    },
    { why: 'quotes inside a bare field', text: 'a,b\n5" pipe,x\n', rows: [['5" pipe', 'x']] },
    {
      why: 'blank lines',
      text: 'a,b\n\n1,2\n\r\n3,4\n\n',
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    },
    { why: 'a row whose last fields are missing', text: 'a,b,c\n1,2\n', rows: [['1', '2']] },
    { why: 'letters of several bytes', text: 'a,b\nПривет,支付\n', rows: [['Привет', '支付']] },
  ])('$why, in pieces of any size', ({ text, rows }) => {
    for (let piece = 1; piece <= Buffer.byteLength(text); piece++) {
      expect(read(text, piece)).toMatchObject({ rows, rejects: [] })
    }
  })

  test('semicolons, tabs and old line ends', () => {
    expect(read('a;b\n1;2\n', 99, { ...SHAPE, delimiter: ';' }).rows).toEqual([['1', '2']])
    expect(read('a\tb\n1\t2\n', 99, { ...SHAPE, delimiter: '\t' }).rows).toEqual([['1', '2']])
    expect(read('a,b\r1,2\r', 99, { ...SHAPE, carriageReturns: true }).rows).toEqual([['1', '2']])
  })

  test('columns by their names, told apart', () => {
    expect(read('a,,a\n1,2,3\n').columns).toEqual(['a', 'column_2', 'a_2'])
    expect(read('1,2\n', 99, { ...SHAPE, header: false })).toMatchObject({
      columns: ['column_1', 'column_2'],
      rows: [['1', '2']],
    })
    expect(distinctNames(['a', 'a_2', 'a'])).toEqual(['a', 'a_2', 'a_3'])
  })

  test('whatever csv-parse reads, the same', () => {
    const field = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom('', '"', '""', ',', '\n', '\r\n', 'ж', '支', ' a ', '1.5'),
    )
    const table = fc.array(fc.array(field, { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 6,
    })
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 40 }), fc.boolean(), (rows, piece, always) => {
        const body = rows.map((row) =>
          row.map((text) => (always || /[",\r\n\0]/.test(text) ? quoted(text) : text)).join(','),
        )
        const text = ['a,b,c', ...body].join('\n').replaceAll('\0', '')
        const expected = parse(text, { from_line: 1, relax_quotes: true, record_delimiter: '\n' })
        expect(read(text, piece).rows).toEqual(expected.slice(1))
      }),
    )
  })
})

describe('[IM8] refuses a bad row alone, with its real line', () => {
  test.each([
    {
      why: 'too many fields',
      text: 'a,b\n1,2\n1,2,3\n4,5\n',
      rows: [
        ['1', '2'],
        ['4', '5'],
      ],
      reject: { line: 3, code: 'too-many-fields', text: '1,2,3' },
    },
    {
      why: 'behind a field of several lines',
      text: 'a,b\n"x\ny\nz",2\n1,2,3\n',
      rows: [['x\ny\nz', '2']],
      reject: { line: 5, code: 'too-many-fields' },
    },
    {
      why: 'text after a closing quote',
      text: 'a,b\n"x"y,2\n4,5\n',
      rows: [['4', '5']],
      reject: { line: 2, code: 'text-after-quote', text: '"x"y,2' },
    },
    {
      why: 'a quote that never closes',
      text: 'a,b\n1,2\n"x,2\n4,5\n',
      rows: [
        ['1', '2'],
        ['4', '5'],
      ],
      reject: { line: 3, code: 'quote-never-closed', text: '"x,2' },
    },
    {
      why: 'a NUL byte',
      text: 'a,b\n1\0,2\n4,5\n',
      rows: [['4', '5']],
      reject: { line: 2, code: 'nul-character' },
    },
  ])('$why', ({ text, rows, reject }) => {
    for (const piece of [1, 3, 7, 1000]) {
      const { rows: found, rejects } = read(text, piece)
      expect(found).toEqual(rows)
      expect(rejects).toEqual([expect.objectContaining(reject)])
    }
  })

  test('broken UTF-8', () => {
    const bytes = Buffer.concat([
      Buffer.from('a,b\n1,ж\n2,'),
      Buffer.from([0xd0, 0x2c]),
      Buffer.from('\n3,4\n'),
    ])
    const { rows, rejects } = read(bytes)
    expect(rows).toEqual([
      ['1', 'ж'],
      ['3', '4'],
    ])
    expect(rejects).toEqual([expect.objectContaining({ line: 3, code: 'not-utf8' })])
  })

  test('a row without an end, in bounded memory', () => {
    const long = Buffer.concat([
      Buffer.from('a,b\n1,2\nx,'),
      Buffer.alloc(ROW_LIMIT_BYTES * 4, 'y'),
      Buffer.from('\n3,4\n'),
    ])
    const { rows, rejects } = read(long, 65_536)
    expect(rows).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
    expect(rejects).toEqual([expect.objectContaining({ line: 3, code: 'row-too-long' })])
    expect(rejects[0]?.text.length).toBeLessThanOrEqual(10_000)
  })

  test('a file that breaks off: its last row is not taken', () => {
    const cut = readAll(
      (sink) => new CsvReader(SHAPE, sink),
      Buffer.from('a,b\n1,2\n3,4'),
      99,
      true,
    )
    expect(cut.rows).toEqual([['1', '2']])
  })
})
