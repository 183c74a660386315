import { expect, test } from 'vitest'
import { type Column, fittingColumns, tableLines, widthOf } from './table.ts'

interface Row {
  readonly name: string
  readonly n: number
}

const columns: readonly Column<Row>[] = [
  { head: 'name', cell: ({ name }) => name, align: 'left' },
  { head: 'n', cell: ({ n }) => String(n), align: 'right' },
]

/** Colours are for terminals; lines are compared without them. */
const plain = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), ''))

test('[CT1] text stands left, numbers right', () => {
  const rows = [
    { name: 'view', n: 4505 },
    { name: 'purchase', n: 62 },
  ]
  expect(plain(tableLines(rows, columns, 80))).toEqual([
    'name         n',
    'view      4505',
    'purchase    62',
  ])
})

test('[CT1] a narrow terminal shortens text, never numbers', () => {
  const rows = [{ name: 'a very long name of a step', n: 123_456 }]
  expect(plain(tableLines(rows, columns, 20))[1]).toBe('a very long…  123456')
})

test('[CT1] Chinese signs take two columns', () => {
  expect(widthOf('支付 a')).toBe(6)
  const rows = [
    { name: '支付', n: 1 },
    { name: 'abcd', n: 2 },
  ]
  expect(plain(tableLines(rows, columns, 80)).slice(1)).toEqual(['支付  1', 'abcd  2'])
})

test('[CT1] what can be spared leaves a narrow terminal first', () => {
  const rows = [{ name: 'purchase', n: 62 }]
  const wide: readonly Column<Row>[] = [
    ...columns,
    { head: 'in progress', cell: () => '7', align: 'right' },
    { head: 'back', cell: () => '3 %', align: 'right' },
  ]
  const heads = (width: number) =>
    fittingColumns(rows, wide, ['back', 'in progress'], width).map(({ head }) => head)
  expect(heads(31)).toEqual(['name', 'n', 'in progress', 'back'])
  expect(heads(30)).toEqual(['name', 'n', 'in progress'])
  expect(heads(20)).toEqual(['name', 'n'])
  expect(heads(4)).toEqual(['name', 'n'])
})
