import {
  EMPTY_DOCUMENT,
  type MapChange,
  applyEdit,
  type MapDocument,
  putLane,
  putStage,
  putStep,
} from '@parcurs/domain'
import { expect, test } from 'vitest'
import { cellsOf, placeBy, studioColumns, studioRows, thingAt } from './studio-layout.ts'

const made = (document: MapDocument, changes: readonly MapChange[]): MapDocument => {
  const applied = applyEdit(document, { changes, careful: false })
  if (!applied.ok) throw new Error(applied.code)
  return applied.document
}

let drawn = made(EMPTY_DOCUMENT, putStage(EMPTY_DOCUMENT, 'look', 9))
drawn = made(drawn, putStage(drawn, 'none', 9))
drawn = made(drawn, putStage(drawn, 'buy', 9))
for (const [step, stage] of [
  ['see', 'look'],
  ['cart', 'buy'],
  ['pay', 'buy'],
] as const) {
  drawn = made(drawn, putStep(drawn, step, stage, 9))
}
drawn = made(drawn, putLane(drawn, 'pains', 'pains', 9))
const rows = studioRows(drawn)
const columns = studioColumns(drawn)

test('[ST1] a stage without steps has a column of its own, where one can be put', () => {
  expect(columns.map(({ step }) => step)).toEqual(['see', null, 'cart', 'pay'])
  expect(thingAt(rows, columns, { row: 1, column: 1 })).toEqual({ kind: 'gap', stage: 'none' })
  expect(thingAt(rows, columns, { row: 2, column: -1 })).toEqual({ kind: 'lane', id: 'pains' })
  expect(thingAt(rows, columns, { row: 2, column: 3 })).toEqual({
    kind: 'cell',
    lane: 'pains',
    step: 'pay',
  })
})

test.each([
  ['ArrowRight', { row: 0, column: 2 }, { row: 0, column: 2 }],
  ['ArrowRight', { row: 0, column: 0 }, { row: 0, column: 1 }],
  ['ArrowLeft', { row: 0, column: 3 }, { row: 0, column: 1 }],
  ['ArrowLeft', { row: 2, column: 0 }, { row: 2, column: -1 }],
  ['ArrowLeft', { row: 1, column: 0 }, { row: 1, column: 0 }],
  ['ArrowUp', { row: 2, column: -1 }, { row: 1, column: 0 }],
  ['ArrowDown', { row: 2, column: 3 }, { row: 2, column: 3 }],
  ['End', { row: 1, column: 0 }, { row: 1, column: 3 }],
])('[ST1] %s leads on, along the stages by stages', (key, at, to) => {
  expect(placeBy(key, false, rows, columns, at)).toEqual(to)
})

test.each([
  ['one', [['one']]],
  [
    'a\tb\nc\td',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a\tb\r\nc\td\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['"two\nlines"\tb', [['two\nlines', 'b']]],
  ['"say ""yes"""\t', [['say "yes"', '']]],
  ['5" screen', [['5" screen']]],
])('[ST2] %j is pasted as a spreadsheet copied it', (text, cells) => {
  expect(cellsOf(text)).toEqual(cells)
})
