import { DraftDocument } from './draft-document.ts'
import { type MapChange, type MapEdit, reversed } from './map-change.ts'
import {
  fieldsOf,
  MAP_ROW,
  type MapDocument,
  type MapTable,
  type Row,
  wholeRow,
} from './map-document.ts'
import type { MapField, Value } from './map-field.ts'
import { mergedText } from './merged-text.ts'
import { childrenOf, parentsOf } from './row-parents.ts'

export const EDIT_REFUSALS = [
  /** The row was cut meanwhile. */
  'row-gone',
  /** The row in which it shall stand was cut meanwhile. */
  'parent-gone',
  'id-taken',
  'too-many-rows',
  /** The map's own row can only be changed. */
  'map-row-stays',
] as const
export type EditRefusal = (typeof EDIT_REFUSALS)[number]

/** What a document alone does not know: whoever keeps the maps of a workspace refuses these. */
export const REFERENCE_REFUSALS = [
  'touchpoint-unknown',
  'detail-unknown',
  'detail-circle',
  'too-many-details',
] as const
export type ReferenceRefusal = (typeof REFERENCE_REFUSALS)[number]

export type AppliedEdit =
  | {
      readonly ok: true
      readonly document: MapDocument
      /** What really changed; empty: nothing. It is kept in the log, sent to others, and reversed by an undo. */
      readonly done: readonly MapChange[]
    }
  | { readonly ok: false; readonly code: EditRefusal; readonly change: MapChange }

/** More of them nobody can read. */
export const MOST_ROWS: Readonly<Record<MapTable, number>> = {
  map: 1,
  stages: 40,
  lanes: 60,
  steps: 120,
  cards: 5000,
  comments: 5000,
  replies: 10_000,
}

/**
 * Decides what an edit means for this document, which may have moved on since its author saw it. Of two who set one
 * field the later one wins; prose and lists are merged; what a row stands in takes it along when it is cut.
 *
 * @param edit its values are such as their fields may hold
 */
export function applyEdit(document: MapDocument, edit: MapEdit): AppliedEdit {
  const draft = new DraftDocument(document)
  const done: MapChange[] = []
  const refusal = decide(draft, edit, done)
  if (refusal !== null) return { ok: false, ...refusal }
  return { ok: true, document: draft.document, done }
}

/** Several edits one after the other; those that are refused by now are left out. */
export function applyEdits(document: MapDocument, edits: readonly MapEdit[]): MapDocument {
  const draft = new DraftDocument(document)
  for (const edit of edits) {
    const done: MapChange[] = []
    if (decide(draft, edit, done) === null) continue
    for (const change of reversed(done)) draft.replay(change)
  }
  return draft.document
}

/** What the log says was done, done again. */
export function replayed(document: MapDocument, done: readonly MapChange[]): MapDocument {
  const draft = new DraftDocument(document)
  for (const change of done) draft.replay(change)
  return draft.document
}

/** Does an edit and writes down what it did; null: all of it is done. */
function decide(
  draft: DraftDocument,
  { changes, careful }: MapEdit,
  done: MapChange[],
): { readonly code: EditRefusal; readonly change: MapChange } | null {
  for (const change of changes) {
    const code = settle(draft, change, careful, done)
    if (code !== null) return { code, change }
  }
  // At the end: of a map that takes the place of another, the new rows are put before the old ones are cut.
  const over = changes.find(
    ({ table, from }) => from === null && draft.rows(table).length > MOST_ROWS[table],
  )
  return over === undefined ? null : { code: 'too-many-rows', change: over }
}

/** Does one change as far as it still means something, and writes down what it did. */
function settle(
  draft: DraftDocument,
  change: MapChange,
  careful: boolean,
  done: MapChange[],
): EditRefusal | null {
  const { table, id, from, to } = change
  if (table === 'map' && (from === null || to === null || id !== MAP_ROW)) return 'map-row-stays'
  const row = draft.row(table, id)
  if (to === null) {
    if (row === undefined || (careful && isOthersToo(draft, table, id, row, from))) return null
    cut(draft, table, id, row, done)
    return null
  }
  if (from === null) {
    const whole = wholeRow(table, to)
    if (row !== undefined) return 'id-taken'
    if (isParentGone(draft, table, whole)) return 'parent-gone'
    draft.put(table, id, whole)
    done.push({ table, id, from: null, to: whole })
    return null
  }
  if (row === undefined) return 'row-gone'
  if (isParentGone(draft, table, to)) return 'parent-gone'
  const was: Record<string, Value> = {}
  const is: Record<string, Value> = {}
  const fields = fieldsOf(table)
  for (const [name, wanted] of Object.entries(to)) {
    const field = fields[name]
    const current = row[name]
    if (field === undefined || current === undefined) continue
    const seen = from[name] ?? (Object.hasOwn(from, name) ? null : current)
    const next = isSame(current, seen) ? wanted : merged(field, { seen, wanted, current }, careful)
    if (isSame(next, current)) continue
    was[name] = current
    is[name] = next
  }
  if (Object.keys(is).length === 0) return null
  draft.put(table, id, { ...row, ...is })
  done.push({ table, id, from: was, to: is })
  return null
}

/** A row, with everything that stands in it before it. */
function cut(draft: DraftDocument, table: MapTable, id: string, row: Row, done: MapChange[]): void {
  for (const { child, field } of childrenOf(table)) {
    for (const [childId, childRow] of draft.rows(child)) {
      // What stands in two parents may be gone with the other one already.
      const standing = childRow[field] === id ? draft.row(child, childId) : undefined
      if (standing !== undefined) cut(draft, child, childId, standing, done)
    }
  }
  draft.cut(table, id)
  done.push({ table, id, from: row, to: null })
}

/** Somebody wrote in a row, or put something into it, since its author made it: taking it back would take theirs. */
function isOthersToo(
  draft: DraftDocument,
  table: MapTable,
  id: string,
  row: Row,
  made: Row | null,
): boolean {
  const changed = Object.entries(made ?? {}).some(
    ([name, value]) => !isSame(row[name] ?? null, value),
  )
  return (
    changed ||
    childrenOf(table).some(({ child, field }) =>
      draft.rows(child).some(([, inside]) => inside[field] === id),
    )
  )
}

/** A parent that is named is not there. */
function isParentGone(draft: DraftDocument, table: MapTable, said: Row): boolean {
  return parentsOf(table).some(({ field, parent }) => {
    const id = said[field]
    return typeof id === 'string' && draft.row(parent, id) === undefined
  })
}

interface Meeting {
  /** What the author saw, wanted, and what stands there by now. */
  readonly seen: Value
  readonly wanted: Value
  readonly current: Value
}

function merged(field: MapField, { seen, wanted, current }: Meeting, careful: boolean): Value {
  if (isList(seen) && isList(wanted) && isList(current)) {
    const kept = current.filter((item) => wanted.includes(item) || !seen.includes(item))
    return [...kept, ...wanted.filter((item) => !seen.includes(item) && !current.includes(item))]
  }
  if (field.kind === 'prose') return mergedText(String(seen), String(wanted), String(current))
  return careful ? current : wanted
}

function isList(value: Value): value is readonly string[] {
  return Array.isArray(value)
}

function isSame(a: Value, b: Value): boolean {
  if (!isList(a) || !isList(b)) return a === b
  return a.length === b.length && a.every((item, i) => item === b[i])
}
