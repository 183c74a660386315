import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAll } from '../testing/read-all.ts'
import { jsonDocument } from './json-document.ts'
import { JsonDocumentReader } from './json-document-reader.ts'
import { JsonReader } from './json-reader.ts'

// SPEC.md [IM45]: JSON that is not cut into lines.

const ROW = { user: 'u1', at: '2026-03-01T10:00:00Z' }
const [LIST, LINES] = [{ path: [], beside: [] }, null]

const read = (text: string, path: readonly string[], piece = 7, cut = false) =>
  readAll((sink) => new JsonDocumentReader(sink, path), Buffer.from(text), piece, cut)

describe('[IM45] where the rows stand is told by how the file begins', () => {
  const one = JSON.stringify(ROW)
  test.each([
    { why: 'a list', text: `[${one},${one}]`, right: LIST },
    { why: 'a list over several lines', text: JSON.stringify([ROW, ROW], null, 1), right: LIST },
    { why: 'an object a line', text: `${one}\n${one}\n`, right: LINES },
    { why: 'a file of one line', text: `${one}\n`, right: LINES },
    { why: 'objects that lost their line ends', text: `${one}${one}\n${one}`, right: LINES },
    {
      why: 'objects over several lines',
      text: `${JSON.stringify(ROW, null, 2)}\n${JSON.stringify(ROW, null, 2)}`,
      right: LIST,
    },
    {
      why: 'a list in an object, on one line',
      text: JSON.stringify({ status: 'ok', data: [ROW, ROW] }),
      right: { path: ['data'], beside: ['status'] },
    },
    {
      why: 'the events, not what describes them',
      text: JSON.stringify(
        { exported_at: '2026-03-02', columns: [{ name: 'a' }], events: [ROW, ROW, ROW] },
        null,
        1,
      ),
      right: { path: ['events'], beside: ['exported_at', 'columns'] },
    },
    {
      why: 'a list deeper in',
      text: JSON.stringify({ took: 3, hits: { total: 2, hits: [{ _source: ROW }] } }),
      right: { path: ['hits', 'hits'], beside: ['took'] },
    },
    {
      why: 'times as numbers',
      text: JSON.stringify({ object: 'list', data: [{ id: 'ch_1', created: 1_772_359_200 }] }),
      right: { path: ['data'], beside: ['object'] },
    },
    {
      why: 'an event with a list in it is an event',
      text: JSON.stringify({ ...ROW, items: [{ sku: 'a'.repeat(200) }, { sku: 'b' }] }),
      right: LINES,
    },
    {
      why: 'so it is over several lines',
      text: JSON.stringify({ ...ROW, items: [{ sku: 'a'.repeat(200) }] }, null, 1),
      right: LIST,
    },
    { why: 'a broken first line', text: `{"a":\n${one}\n${one}`, right: LINES },
    { why: 'a first line whose text has no end', text: `{"a":"x y\n${one}\n`, right: LINES },
  ])('$why', ({ text, right }) => {
    expect(jsonDocument(text, true)).toEqual(right)
  })

  test('however early its beginning is cut', () => {
    const text = JSON.stringify({ meta: { page: 1 }, events: Array(20).fill(ROW) }, null, 1)
    const first = text.indexOf('}', text.indexOf('"user"')) + 1
    for (let at = first; at < text.length; at++) {
      expect(jsonDocument(text.slice(0, at), false)).toEqual({ path: ['events'], beside: ['meta'] })
    }
  })
})

describe('[IM45] JSON that is not cut into lines', () => {
  test('gives the rows that the same objects give a line each, whatever the pieces', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('"', '\\', '}', ']', '\\"', '\n', 'events'),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string(), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('a', 'events', '}'), fc.string(), { maxKeys: 2 }),
    )
    const rows = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'events', '['), value), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(undefined, 1, '\t'),
        fc.dictionary(fc.constantFrom('meta', 'events2', '"'), value),
        fc.integer({ min: 1, max: 50 }),
        (objects, space, beside, piece) => {
          const lines = objects.map((object) => JSON.stringify(object)).join('\n')
          const right = readAll((sink) => new JsonReader(sink), Buffer.from(lines), 1000)
          const written = (whole: unknown) => JSON.stringify(whole, null, space)
          const wrapped = { ...beside, wrap: { ...beside, events: objects }, after: beside }
          for (const found of [
            read(written(objects), [], piece),
            read(written(wrapped), ['wrap', 'events'], piece),
            read(objects.map(written).join('\n'), [], piece),
          ]) {
            expect(found).toEqual(right)
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  test('long numbers keep their digits, a list a line is read, too', () => {
    expect(read('[{"id":9223372036854775807}]\n[{"id":1}]\n', []).rows).toEqual([
      ['9223372036854775807'],
      ['1'],
    ])
  })

  test('a bad row is refused alone, with the line that it begins in', () => {
    const bad = read('[\n{"a":1},\n{"a":,},\n7, "x",[2],\n{"a":3}\n]', [])
    expect(bad.rows).toEqual([['1'], ['3']])
    expect(bad.rejects.map(({ line, code }) => [line, code])).toEqual([
      [3, 'not-json'],
      [4, 'not-an-object'],
      [4, 'not-an-object'],
      [4, 'not-an-object'],
    ])
  })

  test('a row that is too long is refused alone, and not held', () => {
    const found = read(`[{"a":1},{"a":"${'x'.repeat(3_000_000)}"},{"a":3}]`, [], 65_536)
    expect(found.rows).toEqual([['1'], ['3']])
    expect(found.rejects).toEqual([expect.objectContaining({ code: 'row-too-long' })])
  })

  test.each([
    { why: 'ends in a row', text: '[{"a":1},{"a":', path: [] },
    { why: 'ends in a text', text: '[{"a":1},{"a":"', path: [] },
    { why: 'ends before the list does', text: '{"d":[{"a":1},', path: ['d'] },
    { why: 'closes what is not open', text: '{"d":[{"a":1}}, {"a":2}', path: ['d'] },
    { why: 'goes on without the list', text: '{"d":[{"a":1}]}{"e":[{"a":2}]}', path: ['d'] },
  ])('$why: said once, what came before is kept', ({ text, path }) => {
    for (let piece = 1; piece < 10; piece++) {
      const { rows, rejects } = read(text, path, piece)
      expect(rows).toEqual([['1']])
      expect(rejects).toHaveLength(1)
    }
  })

  test('of a file that broke off nothing is said twice; depth exhausts nothing', () => {
    expect(read('[{"a":1},{"a":', [], 7, true).rejects).toEqual([])
    expect(read(`{"x":${'['.repeat(50_000)}`, ['d'], 4096).rejects).toHaveLength(1)
    expect(jsonDocument(`{"x":${'['.repeat(50_000)}`, true)).toBeNull()
  })
})
