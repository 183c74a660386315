import { type AnyLeaf, type GroupKind, isGroup, type Nest } from '@parcurs/domain'
import { join, sql, type Sql } from '../sql.ts'

/** A nest as one condition. Every leaf's SQL is true or false, never null. */
export function nestSql<Leaf extends AnyLeaf>(nest: Nest<Leaf>, leafSql: (leaf: Leaf) => Sql): Sql {
  if (!isGroup(nest)) return leafSql(nest)
  return groupSql(
    nest.kind,
    nest.rules.map((rule) => nestSql(rule, leafSql)),
  )
}

export function groupSql(kind: GroupKind, parts: readonly Sql[]): Sql {
  switch (kind) {
    case 'all':
      return joined(parts, ' AND ', sql`true`)
    case 'any':
      return joined(parts, ' OR ', sql`false`)
    case 'none':
      return sql`NOT ${joined(parts, ' OR ', sql`false`)}`
  }
}

function joined(parts: readonly Sql[], separator: ' AND ' | ' OR ', none: Sql): Sql {
  return sql`(${parts.length === 0 ? none : join(parts, separator)})`
}
