import { expect, test } from 'vitest'
import { rejectLine } from './reject.ts'

const refused = { line: 3, code: 'time-unreadable', detail: 'x', fields: 1 } as const

test.each([
  ['=1+1', "'=1+1"],
  ['+359 88', "'+359 88"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ["-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"],
  ['-2-3', "'-2-3"],
  ['-', "'-"],
  ['-5', '-5'],
  ['-5.25', '-5.25'],
  ['-.5', '-.5'],
  ['5-3', '5-3'],
])(
  '[IM23] a cell that a spreadsheet would run is guarded, a plain number is not: %s',
  (cell, kept) => {
    expect(rejectLine('f.csv', { ...refused, text: cell }, ['a'])).toMatch(
      new RegExp(`^${kept.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')},time-unreadable,`),
    )
  },
)
