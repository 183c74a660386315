import { plainText, plainWords } from '../languages/plain-text.ts'
import type { Column } from './column.ts'

export const PAGE_ROWS = 50

/** What somebody looks for in a list. */
export interface ListState {
  readonly typed: string
  /** null: in the order in which the rows came. */
  readonly sort: { readonly column: string; readonly descending: boolean } | null
  /** Column → the one text its rows must have. */
  readonly filters: ReadonlyMap<string, string>
  /** From 0. */
  readonly page: number
}

export const FIRST_STATE: ListState = { typed: '', sort: null, filters: new Map(), page: 0 }

export type ListChange =
  | { readonly kind: 'type'; readonly typed: string }
  | { readonly kind: 'sort'; readonly column: string }
  | { readonly kind: 'filter'; readonly column: string; readonly text: string | null }
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'everything' }

/** The state after one change. Whatever changes which rows there are begins at the first page again. */
export function changeList(state: ListState, change: ListChange): ListState {
  switch (change.kind) {
    case 'type':
      return { ...state, typed: change.typed, page: 0 }
    case 'sort':
      return { ...state, sort: nextSort(state.sort, change.column), page: 0 }
    case 'filter': {
      const filters = new Map(state.filters)
      if (change.text === null) filters.delete(change.column)
      else filters.set(change.column, change.text)
      return { ...state, filters, page: 0 }
    }
    case 'page':
      return { ...state, page: Math.max(0, change.page) }
    case 'everything':
      return { ...state, typed: '', filters: new Map(), page: 0 }
  }
}

/** Rising, falling, and back to the order in which the rows came. */
function nextSort(sort: ListState['sort'], column: string): ListState['sort'] {
  if (sort?.column !== column) return { column, descending: false }
  return sort.descending ? null : { column, descending: true }
}

/** The rows that are looked for, in order. All pages of them. */
export function rowsShown<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  state: ListState,
  language: string,
): readonly Row[] {
  const wanted = plainWords(state.typed)
  const kept = rows.filter((row) => {
    for (const [id, text] of state.filters) {
      const column = columns.find((known) => known.id === id)
      if (column !== undefined && column.text(row) !== text) return false
    }
    if (wanted.length === 0) return true
    const said = plainText(columns.map((column) => column.text(row)).join('\n'))
    return wanted.every((word) => said.includes(word))
  })
  const by = columns.find(({ id }) => id === state.sort?.column)
  if (by === undefined || state.sort === null) return kept
  const { descending } = state.sort
  return by.order === undefined
    ? kept.toSorted(byText(by.text, language, descending))
    : kept.toSorted(byNumber(by.order, descending))
}

function byText<Row>(text: (row: Row) => string, language: string, descending: boolean) {
  const { compare } = new Intl.Collator(language, { numeric: true })
  return (a: Row, b: Row) => (descending ? compare(text(b), text(a)) : compare(text(a), text(b)))
}

function byNumber<Row>(order: (row: Row) => number | null, descending: boolean) {
  return (a: Row, b: Row) => {
    const [left, right] = [order(a), order(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return descending ? right - left : left - right
  }
}

/** The page that is there: after a search the one asked for may not be. */
export function pageOf<Row>(
  rows: readonly Row[],
  page: number,
): { readonly page: number; readonly pages: number; readonly rows: readonly Row[] } {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS))
  const there = Math.min(page, pages - 1)
  return { page: there, pages, rows: rows.slice(there * PAGE_ROWS, (there + 1) * PAGE_ROWS) }
}

/** The texts of a column with how many rows have each, the most frequent first. */
export function filterTexts<Row>(
  rows: readonly Row[],
  column: Column<Row>,
): readonly { readonly text: string; readonly rows: number }[] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const text = column.text(row)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts]
    .map(([text, count]) => ({ text, rows: count }))
    .toSorted((a, b) => b.rows - a.rows || a.text.localeCompare(b.text))
}
