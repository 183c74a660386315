import {
  type ComparisonOf,
  compares,
  holds,
  leavesOf,
  type ResolvedLeaf,
  type ResolvedSegment,
} from '@parcurs/domain'
import { comparisonSql } from '../condition/comparison-sql.ts'
import { nestSql } from '../condition/nest-sql.ts'
import { customerTraits } from '../journey/tables.ts'
import { param, sql, type Sql } from '../sql.ts'
import { counted } from './counted.ts'
import type { SegmentReading } from './segment-reading.ts'
import { segmentTraitSql } from './trait-leaf-sql.ts'

/** A customer's own trait, compared as text or as a number. */
type OwnTrait = { readonly kind: 'trait'; readonly trait: string } & ComparisonOf<'property'>

function isOwnTrait(leaf: ResolvedLeaf): leaf is OwnTrait {
  if (leaf.kind !== 'trait' || leaf.trait.startsWith('group.')) return false
  switch (leaf.op) {
    case 'before':
    case 'after':
    case 'in-last':
    case 'in-next':
    case 'anniversary':
      return false
    default:
      return true
  }
}

/** Whether one pass over the customers' own traits answers all of it. */
export function isOfTraits(rule: ResolvedSegment): boolean {
  const leaves = leavesOf(rule)
  return leaves.length > 0 && leaves.every(isOwnTrait)
}

/** A rule of `isOfTraits` as a condition on the column `customer`. */
export function traitsCondition(at: SegmentReading, rule: ResolvedSegment): Sql {
  const leaves = leavesOf(rule).filter(isOwnTrait)
  if (leaves.length === 1) {
    return nestSql(rule, (leaf) => (isOwnTrait(leaf) ? segmentTraitSql(at, leaf) : sql`false`))
  }
  const names = [...new Set(leaves.map(({ trait }) => trait))]
  const traits = customerTraits(at.reading, sql`trait IN (${param.texts(names)})`, {
    asOfMs: at.asOfMs,
  })
  const rows = sql`
    SELECT customer, mapFromArrays(groupArray(toString(trait)), groupArray(value)) AS held
    FROM (${traits}) GROUP BY customer`
  const passes = nestSql(rule, (leaf) => {
    if (!isOwnTrait(leaf)) return sql`false`
    const name = param.text(leaf.trait)
    return comparisonSql(leaf, sql`mapContains(held, ${name})`, sql`held[${name}]`)
  })
  const passesNone = holds(rule, (leaf) => isOwnTrait(leaf) && compares(leaf, undefined))
  return counted(rows, passes, passesNone)
}
