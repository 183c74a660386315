import type { EventLeaf, MatchRule } from './event-condition.ts'
import { type Nest, replaceLeaves } from './nest.ts'

/** The format in which rules are written now; its number stands beside each stored one. */
export const RULE_FORMAT = 2

/** A rule in any format that was ever written. */
export type StoredRule = Nest<EventLeaf | IdleValueLeaf>

/** Format 1 had a value beside every operator, also those that take none. */
interface IdleValueLeaf {
  readonly kind: 'property'
  readonly property: string
  readonly op: 'set' | 'unset'
  readonly value: string
}

/** What leads to each format from the one before it. */
const MIGRATIONS: Readonly<Record<number, (stored: StoredRule) => MatchRule>> = {
  2: (stored) =>
    replaceLeaves<EventLeaf | IdleValueLeaf, EventLeaf>(stored, (leaf) =>
      leaf.kind === 'property' && (leaf.op === 'set' || leaf.op === 'unset')
        ? { kind: leaf.kind, property: leaf.property, op: leaf.op }
        : leaf,
    ),
}

/**
 * A stored rule in today's format.
 *
 * @param format in which it was stored; throws for one that only a later version writes
 */
export function readStoredRule(format: number, stored: StoredRule): MatchRule {
  let rule: MatchRule = stored
  for (let next = format + 1; next <= RULE_FORMAT; next++) rule = MIGRATIONS[next]?.(rule) ?? rule
  if (format > RULE_FORMAT) {
    throw new Error(`a rule of format ${format}: this version reads formats up to ${RULE_FORMAT}`)
  }
  return rule
}
