import type { MapChange } from './map-change.ts'
import {
  EMPTY_DOCUMENT,
  inOrder,
  MAP_ROW,
  MAP_TABLES,
  type MapDocument,
  type MapTable,
  type Row,
  wholeRow,
} from './map-document.ts'
import { ranksAt } from './row-rank.ts'
import { parentsOf } from './row-parents.ts'

/** A gesture as a person would make it, drawn as numbers: which document it meets is not known when it is drawn. */
export interface DrawnGesture {
  readonly what: 'put' | 'text' | 'name' | 'move' | 'cut' | 'list' | 'both'
  readonly table: Exclude<MapTable, 'map'>
  readonly pick: number
  readonly place: number
  readonly text: string
}

const TEXTS: Readonly<Record<MapTable, string>> = {
  map: 'description',
  stages: 'note',
  lanes: 'title',
  steps: 'note',
  cards: 'text',
  comments: 'text',
  replies: 'text',
}

/**
 * What a gesture changes in this document; empty: it finds nothing to change.
 *
 * @param id of a row that is put
 */
export function changesOf(
  document: MapDocument,
  { what, table, pick, place, text }: DrawnGesture,
  id: string,
): readonly MapChange[] {
  const rows: Readonly<Record<string, Row>> = document[table]
  const chosen = Object.keys(rows).toSorted()[pick % Math.max(1, Object.keys(rows).length)]
  const put = (): readonly MapChange[] => {
    const said = { ...parentsFor(document, table, place), ...rankFor(document, table, place) }
    return [{ table, id, from: null, to: wholeRow(table, { ...said, [TEXTS[table]]: text }) }]
  }
  if (what === 'put') return put()
  if (what === 'both' && table === 'steps') {
    const card = { step: id, text, rank: 'a0' }
    return [...put(), { table: 'cards', id: `${id}-card`, from: null, to: wholeRow('cards', card) }]
  }
  const row = chosen === undefined ? undefined : rows[chosen]
  if (chosen === undefined || row === undefined) {
    const { windowDays } = document.map[MAP_ROW] ?? wholeRow('map', {})
    return [{ table: 'map', id: MAP_ROW, from: { windowDays }, to: { windowDays: 1 + place } }]
  }
  const set = (fields: Row): MapChange => ({
    table,
    id: chosen,
    from: Object.fromEntries(Object.keys(fields).map((name) => [name, row[name] ?? null])),
    to: fields,
  })
  if (what === 'cut') return [{ table, id: chosen, from: row, to: null }]
  if (what === 'move') {
    const said = { ...parentsFor(document, table, place), ...rankFor(document, table, place) }
    return Object.keys(said).length === 0 ? [] : [set(said)]
  }
  if (what === 'list' && table === 'steps') {
    const held = Array.isArray(row['touchpointIds']) ? row['touchpointIds'] : []
    const one = `t${place % 4}`
    return [
      set({
        touchpointIds: held.includes(one) ? held.filter((id) => id !== one) : [...held, one],
      }),
    ]
  }
  if (what === 'name' && 'name' in row) return [set({ name: text })]
  const held = String(row[TEXTS[table]])
  const cutAt = Array.from(held)
    .slice(0, place % (held.length + 1))
    .join('')
  return [set({ [TEXTS[table]]: cutAt + text + held.slice(cutAt.length) })]
}

/** Parents that are there, by number; a required one that is not there is one that never was. */
function parentsFor(document: MapDocument, table: MapTable, place: number): Row {
  return Object.fromEntries(
    parentsOf(table).map(({ field, parent }) => {
      const ids = Object.keys(document[parent]).toSorted()
      return [field, ids[place % Math.max(1, ids.length)] ?? 'never-was']
    }),
  )
}

function rankFor(document: MapDocument, table: MapTable, place: number): Row {
  if (table !== 'stages' && table !== 'lanes' && table !== 'steps' && table !== 'cards') return {}
  const rows: Readonly<Record<string, { readonly rank: string }>> = document[table]
  const siblings = inOrder(rows).map(([id, { rank }]) => ({ id, rank }))
  const { ranks } = ranksAt(siblings, place % (siblings.length + 1), 1)
  return { rank: ranks[0] ?? 'a0' }
}

/** Rows that name a parent which is not there, and rows that are not whole. */
export function orphansOf(document: MapDocument): readonly string[] {
  return MAP_TABLES.flatMap((table) => {
    const rows: Readonly<Record<string, Row>> = document[table]
    return Object.entries(rows).flatMap(([id, row]) => {
      const alone = parentsOf(table).some(({ field, parent }) => {
        const named = row[field]
        return typeof named === 'string' && !Object.hasOwn(document[parent], named)
      })
      const whole = Object.keys(wholeRow(table, {})).every((name) => name in row)
      return alone || !whole ? [`${table}/${id}`] : []
    })
  })
}

/** A document in which everything stands: two stages, two lanes, three steps, four cards, a comment and its answer. */
export const SMALL_DOCUMENT: MapDocument = {
  ...EMPTY_DOCUMENT,
  map: { [MAP_ROW]: wholeRow('map', { name: 'Shop' }) },
  stages: {
    look: wholeRow('stages', { rank: 'a0', name: 'Look' }),
    buy: wholeRow('stages', { rank: 'a1', name: 'Buy' }),
  },
  lanes: {
    feel: wholeRow('lanes', { rank: 'a0', role: 'emotion', title: 'Feel' }),
    pain: wholeRow('lanes', { rank: 'a1', role: 'pains', title: 'Pains' }),
  },
  steps: {
    see: wholeRow('steps', { stage: 'look', rank: 'a0', name: 'See', touchpointIds: ['t1'] }),
    cart: wholeRow('steps', { stage: 'buy', rank: 'a1', name: 'Cart', touchpointIds: ['t2'] }),
    pay: wholeRow('steps', { stage: 'buy', rank: 'a2', name: 'Pay' }),
  },
  cards: {
    c1: wholeRow('cards', { step: 'see', lane: 'pain', rank: 'a0', text: 'Slow page' }),
    c2: wholeRow('cards', { step: 'pay', lane: 'pain', rank: 'a0', text: 'No card' }),
    c3: wholeRow('cards', { step: 'pay', lane: 'feel', rank: 'a0', text: 'Afraid' }),
    inbox: wholeRow('cards', { rank: 'a0', text: 'Ask support' }),
  },
  comments: { q1: wholeRow('comments', { card: 'c2', text: 'Really?' }) },
  replies: { r1: wholeRow('replies', { comment: 'q1', text: 'Yes' }) },
}
