import { fieldsOf, MAP_TABLES, type MapTable } from './map-document.ts'

interface Tie {
  readonly child: MapTable
  /** The field of the child that names its parent. */
  readonly field: string
  readonly parent: MapTable
}

const TIES: readonly Tie[] = MAP_TABLES.flatMap((child) =>
  Object.entries(fieldsOf(child)).flatMap(([field, { parent: name }]) => {
    const parent = MAP_TABLES.find((table) => table === name)
    return parent === undefined ? [] : [{ child, field, parent }]
  }),
)

const PARENTS = byTable(({ child }) => child)
const CHILDREN = byTable(({ parent }) => parent)

/** Which fields of a table's rows name a parent, and in which table it stands. */
export function parentsOf(table: MapTable): readonly Tie[] {
  return PARENTS.get(table) ?? []
}

/** Which rows stand in those of a table. */
export function childrenOf(table: MapTable): readonly Tie[] {
  return CHILDREN.get(table) ?? []
}

function byTable(side: (tie: Tie) => MapTable): ReadonlyMap<MapTable, readonly Tie[]> {
  return new Map(MAP_TABLES.map((table) => [table, TIES.filter((tie) => side(tie) === table)]))
}
