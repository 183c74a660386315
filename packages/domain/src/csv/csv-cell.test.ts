import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvCell, guarded, guardedRow, unguarded } from './csv-cell.ts'

test.each([
  ['=1+1', "'=1+1"],
  ['+359 88', "'+359 88"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ["-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"],
  ['-2-3', "'-2-3"],
  ['-', "'-"],
  ['+', "'+"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  ['\n=1', "'\n=1"],
  ['\uFF1D1+1', "'\uFF1D1+1"],
  ["'=1+1", "''=1+1"],
  ['-5', '-5'],
  ['-5.25', '-5.25'],
  ['-.5', '-.5'],
  ['-1e-7', '-1e-7'],
  ['+359888123456', '+359888123456'],
  ["'-5", "'-5"],
  ['5-3', '5-3'],
  ['', ''],
])('[CV1] the cell %j is guarded as %j', (text, cell) => {
  expect(guarded(text)).toBe(cell)
  expect(unguarded(cell)).toBe(text)
})

test('[CV1] a guard that is taken away gives the cell as it was, whatever it was', () => {
  const texts = fc.stringMatching(/^['=+@\t\r\n\-.\d\uFF1Da]{0,6}$/)
  fc.assert(
    fc.property(texts, (text) => {
      expect(unguarded(guarded(text))).toBe(text)
      expect(guarded(text)).not.toMatch(/^(?:[=@\t\r\n\uFF1D]|[+-](?!\d*\.?\d+$))/)
    }),
  )
})

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['a;=b', '"a;=b"'],
  ['say "hi"', '"say ""hi"""'],
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
])('[CV1] the cell %j is written %j', (text, cell) => {
  expect(csvCell(text)).toBe(cell)
})

test.each([
  ['a,=b,-5', "a,'=b,-5"],
  [',=b', ",'=b"],
  ['"=a","b,=c","say ""x"""', `"'=a","b,=c","say ""x"""`],
  ['"""=a",b', '"""=a",b'],
  ['"=never closed, b', `"'=never closed, b`],
  ['', ''],
  [',,', ',,'],
])('[CV1] the row %j is guarded cell by cell: %j', (row, safe) => {
  expect(guardedRow(row)).toBe(safe)
})
