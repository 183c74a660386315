import type { MapTable, Row } from './map-document.ts'

/**
 * One change of one row. from null: the row is put; to null: it is cut, with what stands in it; else the fields named
 * in `to` are set. `from` is what its author saw: a field left out there was not looked at, and the change holds
 * whatever it was.
 */
export interface MapChange {
  readonly table: MapTable
  readonly id: string
  readonly from: Row | null
  readonly to: Row | null
}

/** One gesture: all of its changes happen, or none. */
export interface MapEdit {
  readonly changes: readonly MapChange[]
  /** An undo or redo: it gives way where somebody else wrote since. */
  readonly careful: boolean
}

/** What takes back what was done: from and to swapped, the last one first. */
export function reversed(done: readonly MapChange[]): readonly MapChange[] {
  return done.map(({ from, to, ...row }) => ({ ...row, from: to, to: from })).reverse()
}
