import type { LaneRole } from './lane-role.ts'
import type { MapChange } from './map-change.ts'
import {
  inOrder,
  type MapDocument,
  type MapRow,
  type MapTable,
  type Row,
  rowIn,
  wholeRow,
} from './map-document.ts'
import { ranksAt } from './row-rank.ts'

/**
 * What a person does to a map, as changes: each function is one gesture. Empty: there is nothing to change.
 * Ids of new rows are handed in.
 */

/** Sets fields of a row; those that hold it already are left out. */
export function setFields(
  document: MapDocument,
  table: MapTable,
  id: string,
  to: Row,
): readonly MapChange[] {
  const row: Row | undefined = rowIn<Row>(document[table], id)
  if (row === undefined) return []
  const names = Object.keys(to).filter((name) => row[name] !== to[name])
  if (names.length === 0) return []
  const only = (of: Row) => Object.fromEntries(names.map((name) => [name, of[name] ?? null]))
  return [{ table, id, from: only(row), to: only(to) }]
}

export function cutRow(document: MapDocument, table: MapTable, id: string): readonly MapChange[] {
  const row: Row | undefined = rowIn<Row>(document[table], id)
  return row === undefined ? [] : [{ table, id, from: row, to: null }]
}

/** @param at before the stage of this index; behind the last one where there are fewer */
export function putStage(
  document: MapDocument,
  id: string,
  at: number,
  name = '',
): readonly MapChange[] {
  return put(document, 'stages', id, placesOf(document.stages), at, { name })
}

/** @param at before the step of this index within the stage */
export function putStep(
  document: MapDocument,
  id: string,
  stage: string,
  at: number,
  name = '',
): readonly MapChange[] {
  return put(document, 'steps', id, stepsOf(document, stage), at, { stage, name })
}

export function putLane(
  document: MapDocument,
  id: string,
  role: LaneRole,
  at: number,
  title = '',
): readonly MapChange[] {
  return put(document, 'lanes', id, placesOf(document.lanes), at, { role, title })
}

/** A card behind the others of its cell; with neither step nor lane it lies in the inbox. */
export function putCard(
  document: MapDocument,
  id: string,
  cell: { readonly step: string | null; readonly lane: string | null },
  text: string,
): readonly MapChange[] {
  const inside = cardsOf(document, cell)
  return put(document, 'cards', id, inside, inside.length, {
    step: cell.step,
    lane: cell.lane,
    text,
  })
}

/** Moves a stage or a lane by so many places, as far as there are any. */
export function moveRow(
  document: MapDocument,
  table: 'stages' | 'lanes',
  id: string,
  by: number,
): readonly MapChange[] {
  const all = placesOf<{ readonly rank: string }>(document[table])
  const from = all.findIndex((one) => one.id === id)
  const to = Math.max(0, Math.min(all.length - 1, from + by))
  if (from < 0 || to === from) return []
  return moved(
    document,
    table,
    id,
    all.filter((one) => one.id !== id),
    to,
    {},
  )
}

/** Moves a step by so many places; at the end of its stage it goes into the neighbouring one. */
export function moveStep(document: MapDocument, id: string, by: 1 | -1): readonly MapChange[] {
  const row = rowIn(document.steps, id)
  if (row === undefined) return []
  const inside = stepsOf(document, row.stage)
  const at = inside.findIndex((one) => one.id === id) + by
  if (at >= 0 && at < inside.length) {
    return moved(
      document,
      'steps',
      id,
      inside.filter((one) => one.id !== id),
      at,
      {},
    )
  }
  const stages = placesOf(document.stages)
  const stage = stages[stages.findIndex((one) => one.id === row.stage) + by]?.id
  if (stage === undefined) return []
  const there = stepsOf(document, stage)
  return moved(document, 'steps', id, there, by === 1 ? 0 : there.length, { stage })
}

/**
 * Lays a block of texts into cells, from one cell to the right and down: each text that is not empty becomes a card.
 * Texts beyond the last step or lane are left out and counted.
 *
 * @param rows texts of the block, lane by lane
 */
export function pasteCards(
  document: MapDocument,
  steps: readonly string[],
  lanes: readonly string[],
  rows: readonly (readonly string[])[],
  newId: () => string,
): { readonly changes: readonly MapChange[]; readonly leftOut: number } {
  const changes: MapChange[] = []
  let leftOut = 0
  rows.forEach((texts, down) => {
    texts.forEach((text, across) => {
      const step = steps[across]
      const lane = lanes[down]
      if (text.trim() === '') return
      if (step === undefined || lane === undefined) leftOut++
      else changes.push(...putCard(document, newId(), { step, lane }, text))
    })
  })
  return { changes, leftOut }
}

/** The cards of a cell, in order. */
export function cardsOf(
  document: MapDocument,
  cell: { readonly step: string | null; readonly lane: string | null },
): readonly Placed[] {
  return placesOf(document.cards, (card) => card.step === cell.step && card.lane === cell.lane)
}

/** The cards of every cell that has any, each list in order, by lane and step: for whoever draws all of them. */
export function cardsByCell(
  document: MapDocument,
): (cell: { readonly step: string; readonly lane: string }) => readonly CardAt[] {
  const lanes = new Map<string, Map<string, CardAt[]>>()
  for (const [id, card] of inOrder(document.cards)) {
    const { lane, step } = card
    if (lane === null || step === null) continue
    const cells = lanes.get(lane) ?? new Map<string, CardAt[]>()
    lanes.set(lane, cells)
    const cards = cells.get(step) ?? []
    cells.set(step, cards)
    cards.push({ id, card })
  }
  return ({ lane, step }) => lanes.get(lane)?.get(step) ?? NO_CARDS
}

export interface CardAt {
  readonly id: string
  readonly card: MapRow<'cards'>
}

const NO_CARDS: readonly CardAt[] = []

interface Placed {
  readonly id: string
  readonly rank: string
}

function stepsOf(document: MapDocument, stage: string): readonly Placed[] {
  return placesOf(document.steps, (step) => step.stage === stage)
}

function placesOf<R extends { readonly rank: string }>(
  rows: Readonly<Record<string, R>>,
  which?: (row: R) => boolean,
): readonly Placed[] {
  return inOrder(rows, which).map(([id, { rank }]) => ({ id, rank }))
}

function put(
  document: MapDocument,
  table: 'stages' | 'steps' | 'lanes' | 'cards',
  id: string,
  siblings: readonly Placed[],
  at: number,
  said: Row,
): readonly MapChange[] {
  const { ranks, moved: apart } = ranksAt(siblings, Math.min(at, siblings.length), 1)
  const row: Row = { ...wholeRow(table, {}), ...said, rank: ranks[0] ?? '' }
  return [...ranked(document, table, apart), { table, id, from: null, to: row }]
}

function moved(
  document: MapDocument,
  table: 'stages' | 'steps' | 'lanes' | 'cards',
  id: string,
  siblings: readonly Placed[],
  at: number,
  said: Row,
): readonly MapChange[] {
  const { ranks, moved: apart } = ranksAt(siblings, at, 1)
  const to = { ...said, rank: ranks[0] ?? '' }
  return [...ranked(document, table, apart), ...setFields(document, table, id, to)]
}

function ranked(
  document: MapDocument,
  table: MapTable,
  apart: readonly Placed[],
): readonly MapChange[] {
  return apart.flatMap(({ id, rank }) => setFields(document, table, id, { rank }))
}
