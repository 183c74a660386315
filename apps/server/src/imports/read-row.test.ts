import { readNumber } from '@parcurs/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ReadRow } from './read-row.ts'

// SPEC.md [IM6] numbers, [IM8] what is shown of a refused row.

function rowOf(fields: readonly string[], between = ','): ReadRow {
  const row = new ReadRow()
  row.bytes = Buffer.from(fields.join(between))
  row.count = fields.length
  const lengths = fields.map((field) => Buffer.byteLength(field))
  row.starts = Uint32Array.from(lengths, (_, i) =>
    lengths.slice(0, i).reduce((sum, length) => sum + length + between.length, 0),
  )
  row.ends = row.starts.map((start, i) => start + (lengths[i] ?? 0))
  return row
}

const written = fc.oneof(
  fc.stringMatching(/^-?\d{1,17}(\.\d{1,6})?$/),
  fc.stringMatching(/^[-+.,\d ]{0,8}$/),
  fc.double().map(String),
)

test('[IM6] a number read from bytes is the number that its text is', () => {
  fc.assert(
    fc.property(written, (text) => {
      const plain = rowOf(['x', text]).plainNumber(1, true)
      if (!Number.isNaN(plain)) expect(plain).toBe(readNumber(text, 'point'))
    }),
    { numRuns: 2000 },
  )
  const plain = (text: string) => rowOf([text]).plainNumber(0, true)
  expect([plain('2.55'), plain('-12'), plain('0.1'), plain('12345678901.345')]).toEqual([
    2.55, -12, 0.1, 12345678901.345,
  ])
})

test('[IM6] texts are those of their own row, whatever stood in the row before', () => {
  const row = rowOf([])
  const columns = fc.array(fc.constantFrom('', ' a', 'a ', 'ab', 'abc', 'ы', 'x'.repeat(80)), {
    minLength: 2,
    maxLength: 2,
  })
  fc.assert(
    fc.property(fc.array(columns, { maxLength: 30 }), (rows) => {
      for (const fields of rows) {
        Object.assign(row, rowOf(fields))
        expect([row.text(0), row.text(1), row.text(2), row.text(-1)]).toEqual([
          ...fields.map((field) => field.trim()),
          '',
          '',
        ])
      }
    }),
  )
})

test('[IM8] a refused row is shown as a row of a CSV file', () => {
  expect(rowOf(['a', '', 'b c']).shown).toBe('a,,b c')
  expect(rowOf(['a', 'b,c', 'd'], '\t').shown).toBe('a,"b,c",d')
  expect(rowOf(['a', 'say "b"', 'd']).shown).toBe('a,"say ""b""",d')
  expect(rowOf([]).shown).toBe('')
})
