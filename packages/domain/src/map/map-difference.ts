import type { MapChange } from './map-change.ts'
import { MAP_TABLES, type MapDocument, type Row, rowIn } from './map-document.ts'
import type { Value } from './map-field.ts'

/**
 * What leads from one document to another: for a whole map sent by a program, a version that is restored, an import,
 * and two versions laid beside each other.
 */
export function mapDifference(before: MapDocument, after: MapDocument): readonly MapChange[] {
  const put = MAP_TABLES.flatMap((table) => {
    const old: Readonly<Record<string, Row>> = before[table]
    return Object.entries<Row>(after[table]).flatMap(([id, row]): readonly MapChange[] => {
      const was = rowIn(old, id)
      if (was === undefined) return [{ table, id, from: null, to: row }]
      const fields = Object.keys(row).filter((name) => !isSame(was[name], row[name]))
      if (fields.length === 0) return []
      return [{ table, id, from: only(was, fields), to: only(row, fields) }]
    })
  })
  // After what is put: a row that moves out of what is cut is not taken along. Children before their parents.
  const cut = MAP_TABLES.toReversed().flatMap((table) =>
    Object.entries<Row>(before[table]).flatMap(([id, row]): readonly MapChange[] =>
      Object.hasOwn(after[table], id) ? [] : [{ table, id, from: row, to: null }],
    ),
  )
  return [...put, ...cut]
}

function only(row: Row, fields: readonly string[]): Row {
  return Object.fromEntries(fields.map((name) => [name, row[name] ?? null]))
}

function isSame(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
