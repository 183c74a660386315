import { expect, test } from 'vitest'
import { applyEdit } from './apply-edit.ts'
import type { MapChange } from './map-change.ts'
import { inOrder, type MapDocument } from './map-document.ts'
import { SMALL_DOCUMENT } from './map-document.fixture.ts'
import {
  cardsByCell,
  cardsOf,
  cutRow,
  moveRow,
  moveStep,
  pasteCards,
  putCard,
  putLane,
  putStage,
  putStep,
  setFields,
} from './map-gestures.ts'

function after(changes: readonly MapChange[], document = SMALL_DOCUMENT): MapDocument {
  const applied = applyEdit(document, { changes, careful: false })
  if (!applied.ok) throw new Error(applied.code)
  return applied.document
}

/** Stages with their steps, in order. */
const told = (document: MapDocument) =>
  inOrder(document.stages)
    .map(([stage]) => {
      const steps = inOrder(document.steps).filter(([, row]) => row.stage === stage)
      return `${stage}: ${steps.map(([id]) => id).join(' ')}`.trim()
    })
    .join(' | ')

test.each<[string, readonly MapChange[], string]>([
  ['as it is', [], 'look: see | buy: cart pay'],
  ['a stage put first', putStage(SMALL_DOCUMENT, 'new', 0), 'new: | look: see | buy: cart pay'],
  ['a stage put last', putStage(SMALL_DOCUMENT, 'new', 99), 'look: see | buy: cart pay | new:'],
  ['a step put between', putStep(SMALL_DOCUMENT, 'new', 'buy', 1), 'look: see | buy: cart new pay'],
  ['a step to the left', moveStep(SMALL_DOCUMENT, 'pay', -1), 'look: see | buy: pay cart'],
  [
    'a step into the stage before',
    moveStep(SMALL_DOCUMENT, 'cart', -1),
    'look: see cart | buy: pay',
  ],
  ['a step into the stage behind', moveStep(SMALL_DOCUMENT, 'see', 1), 'look: | buy: see cart pay'],
  ['the last step stays', moveStep(SMALL_DOCUMENT, 'pay', 1), 'look: see | buy: cart pay'],
  [
    'a stage to the left',
    moveRow(SMALL_DOCUMENT, 'stages', 'buy', -1),
    'buy: cart pay | look: see',
  ],
  ['a stage cut', cutRow(SMALL_DOCUMENT, 'stages', 'buy'), 'look: see'],
])('[MD10] %s', (_what, changes, expected) => {
  expect(told(after(changes))).toBe(expected)
})

test('[MD10] lanes are put and moved, cards are put', () => {
  const lanes = (document: MapDocument) => inOrder(document.lanes).map(([id]) => id)
  expect(lanes(after(putLane(SMALL_DOCUMENT, 'new', 'goals', 1, 'Ziele')))).toEqual([
    'feel',
    'new',
    'pain',
  ])
  expect(lanes(after(moveRow(SMALL_DOCUMENT, 'lanes', 'feel', 5)))).toEqual(['pain', 'feel'])
  const cell = { step: 'pay', lane: 'pain' }
  const two = after(putCard(SMALL_DOCUMENT, 'new', cell, 'Dear'))
  expect(cardsOf(two, cell).map(({ id }) => id)).toEqual(['c2', 'new'])
})

test('[MD10] a gesture that changes nothing is none', () => {
  expect(setFields(SMALL_DOCUMENT, 'steps', 'pay', { name: 'Pay' })).toEqual([])
  expect(setFields(SMALL_DOCUMENT, 'steps', 'gone', { name: 'X' })).toEqual([])
  expect(moveRow(SMALL_DOCUMENT, 'lanes', 'feel', -1)).toEqual([])
  expect(cutRow(SMALL_DOCUMENT, 'cards', 'gone')).toEqual([])
})

test('[MD10] a block of texts becomes cards to the right and down; what has no place is counted', () => {
  let n = 0
  const block = [
    ['one', '', 'three'],
    ['four', 'five', 'six'],
  ]
  const { changes, leftOut } = pasteCards(
    SMALL_DOCUMENT,
    ['cart', 'pay'],
    ['pain'],
    block,
    () => `n${n++}`,
  )
  const texts = Object.values(after(changes).cards).map(({ text }) => text)
  expect(texts.slice(-1)).toEqual(['one'])
  expect(leftOut).toBe(4)
})

test('[MD10] all cells at once have the cards that each has by itself', () => {
  const document = after(putCard(SMALL_DOCUMENT, 'new', { step: 'pay', lane: 'pain' }, 'Dear'))
  const cards = cardsByCell(document)
  for (const lane of ['feel', 'pain', 'gone']) {
    for (const step of ['see', 'cart', 'pay']) {
      const ids = cards({ lane, step }).map(({ id }) => id)
      expect(ids).toEqual(cardsOf(document, { lane, step }).map(({ id }) => id))
    }
  }
})
