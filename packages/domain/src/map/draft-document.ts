import type { MapChange } from './map-change.ts'
import { type MapDocument, type MapTable, type Row, rowIn, wholeRow } from './map-document.ts'

type Rows = Readonly<Record<string, Row>>

/** A document in the middle of being changed: what is not touched is shared with the one it began as. */
export class DraftDocument {
  #tables: Readonly<Record<MapTable, Rows>>
  readonly #own = new Map<MapTable, Record<string, Row>>()

  constructor(document: MapDocument) {
    this.#tables = document
  }

  get document(): MapDocument {
    // A row comes in whole and as its schema or its log has it; types cannot follow it through a table by name.
    return this.#tables as MapDocument
  }

  /** undefined: there is none. */
  row(table: MapTable, id: string): Row | undefined {
    return rowIn(this.#tables[table], id)
  }

  rows(table: MapTable): readonly (readonly [id: string, row: Row])[] {
    return Object.entries(this.#tables[table])
  }

  put(table: MapTable, id: string, row: Row): void {
    this.#owned(table)[id] = row
  }

  cut(table: MapTable, id: string): void {
    delete this.#owned(table)[id]
  }

  /** Does what was done, without asking what it means by now. */
  replay({ table, id, from, to }: MapChange): void {
    if (to === null) this.cut(table, id)
    else if (from === null) this.put(table, id, wholeRow(table, to))
    else this.put(table, id, { ...this.row(table, id), ...to })
  }

  #owned(table: MapTable): Record<string, Row> {
    const owned = this.#own.get(table)
    if (owned !== undefined) return owned
    const copy = { ...this.#tables[table] }
    this.#own.set(table, copy)
    this.#tables = { ...this.#tables, [table]: copy }
    return copy
  }
}
