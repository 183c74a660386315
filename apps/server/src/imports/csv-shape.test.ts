import { describe, expect, test } from 'vitest'
import { readAll } from '../testing/read-all.ts'
import { CsvReader } from './csv-reader.ts'
import { csvShape, type CsvOptions } from './csv-shape.ts'

// SPEC.md [IM25] the shape of a table.

function read(text: string, options: CsvOptions = {}) {
  const shape = csvShape(text, true, options)
  if (shape === null) return null
  const bytes = Buffer.from(text)
  return { shape, ...readAll((sink) => new CsvReader(shape, sink), bytes, 7) }
}

const TABLE = 'who;when;what\nann;2026-03-01;buy\nbob;2026-03-02;look\n'

describe('[IM25] above the header', () => {
  test.each([
    { why: 'nothing', above: '', skip: 0 },
    { why: 'sep=', above: 'sep=;\n', skip: 1 },
    { why: 'sep= in quotes, old line', above: '"sep=;"\r\n', skip: 1 },
    { why: 'a title', above: 'Sales report\n', skip: 1 },
    { why: 'a title cut by a comma, and a blank line', above: 'Sales, all shops\n\n', skip: 2 },
    {
      why: 'titles with the delimiters of a sheet',
      above: 'Sales report;;\nMarch 2026;;\n;;\n',
      skip: 3,
    },
    { why: 'comments', above: '# exported; 2026-03-05; by ann\n# all; of; it\n', skip: 2 },
    { why: 'facts in two columns', above: 'Report:;Sales\nFrom:;2026-03-01\n\n', skip: 3 },
    { why: 'a title of several lines', above: '"Sales\nreport"\n', skip: 2 },
  ])('$why', ({ above, skip }) => {
    const found = read(above + TABLE)
    expect(found?.columns).toEqual(['who', 'when', 'what'])
    expect(found?.rows).toEqual([
      ['ann', '2026-03-01', 'buy'],
      ['bob', '2026-03-02', 'look'],
    ])
    expect(found?.shape.skip).toBe(skip)
  })

  test('sep= holds over what the lines look like', () => {
    expect(read('sep=|\na,b|c\n1,5|2\n')?.rows).toEqual([['1,5', '2']])
    expect(read('sep=,\na,b\n1,2\n')?.columns).toEqual(['a', 'b'])
  })

  test('as many lines as are said', () => {
    expect(read('x;y;z\nfoo;bar;baz\n1;2;3\n', { skip: 1 })?.columns).toEqual(['foo', 'bar', 'baz'])
  })

  test('the lines of refused rows are those of the file', () => {
    const found = read(`Report\n\n${TABLE}a;b;c;d\n`)
    expect(found?.rejects).toEqual([expect.objectContaining({ line: 6, code: 'too-many-fields' })])
  })
})

describe('[IM25] more and fewer fields', () => {
  test('delimiters behind the last column are nothing, fields are', () => {
    const found = read('a,b\n1,2,\n3,4,,\n5,6,7\n8\n')
    expect(found?.rows).toEqual([['1', '2'], ['3', '4'], ['8']])
    expect(found?.rejects).toEqual([
      expect.objectContaining({
        line: 4,
        code: 'too-many-fields',
        detail: '3 fields where the header has 2',
      }),
    ])
  })
})

describe('[IM25] line ends', () => {
  test('\\r ends lines though \\n stands in quotes', () => {
    const found = read('a,b\r"x\ny",2\r3,4\r')
    expect(found?.shape.carriageReturns).toBe(true)
    expect(found?.rows).toEqual([
      ['x\ny', '2'],
      ['3', '4'],
    ])
  })

  test('\\n ends lines though \\r stands in quotes', () => {
    expect(read('a,b\n"x\ry",2\n')?.rows).toEqual([['x\ry', '2']])
  })
})
