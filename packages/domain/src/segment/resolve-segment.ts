import { type AnyLeaf, isGroup, leavesOf, type Nest, replaceLeaves } from '../condition/nest.ts'
import type { RuleFault } from '../condition/rule-fault.ts'
import type { MemberLeaf, SegmentLeaf, SegmentRule } from './segment-rule.ts'

/** A saved segment as far as rules that name it need it. */
export interface NamedSegment {
  readonly id: string
  readonly name: string
  readonly rule: SegmentRule
}

export type SegmentOf = (id: string) => NamedSegment | null

/** A leaf that stands for itself: no saved segment is left to look up. */
export type ResolvedLeaf = Exclude<SegmentLeaf, MemberLeaf> | (MemberLeaf & { readonly of: 'list' })
export type ResolvedSegment = Nest<ResolvedLeaf>

/** The same rule with the rules of saved segments in their place; a segment that is gone is nobody. */
export function resolveSegments(rule: SegmentRule, segmentOf: SegmentOf): ResolvedSegment {
  return replaceLeaves<SegmentLeaf, ResolvedLeaf>(rule, (leaf) => {
    if (leaf.kind !== 'in') return leaf
    if (leaf.of === 'list') return { kind: 'in', of: 'list', id: leaf.id }
    const named = segmentOf(leaf.id)
    return named === null ? { kind: 'any', rules: [] } : resolveSegments(named.rule, segmentOf)
  })
}

/**
 * Segments that a rule names and that are not there, or that lead back to where they are named.
 *
 * @param id of the segment whose rule it is; null: it is not saved yet
 */
export function memberFaults(
  id: string | null,
  rule: SegmentRule,
  segmentOf: SegmentOf,
  place = 'rule',
): readonly RuleFault[] {
  return placedLeaves(rule, place).flatMap(([leaf, at]): readonly RuleFault[] => {
    if (leaf.kind !== 'in' || leaf.of === 'list') return []
    const value = JSON.stringify(leaf.id)
    if (leaf.id !== id && segmentOf(leaf.id) === null) {
      const expected = 'a segment of this workspace'
      return [{ code: 'segment-unknown', place: `${at}.id`, value, expected }]
    }
    const circle = circleFrom(leaf.id, id === null ? [] : [id], segmentOf)
    if (circle === null) return []
    const names = circle.map((at) => segmentOf(at)?.name ?? at).join(' → ')
    const expected = 'segments that do not lead back to themselves'
    return [{ code: 'segment-circle', place: `${at}.id`, value: names, expected }]
  })
}

/** @returns the ids from a segment back to itself; null: it leads nowhere back */
function circleFrom(
  id: string,
  before: readonly string[],
  segmentOf: SegmentOf,
): readonly string[] | null {
  const met = before.indexOf(id)
  if (met >= 0) return [...before.slice(met), id]
  const rule = segmentOf(id)?.rule
  if (rule === undefined) return null
  for (const leaf of leavesOf(rule)) {
    if (leaf.kind !== 'in' || leaf.of === 'list') continue
    const circle = circleFrom(leaf.id, [...before, id], segmentOf)
    if (circle !== null) return circle
  }
  return null
}

/** Leaves with their places, in reading order. */
export function placedLeaves<Leaf extends AnyLeaf>(
  nest: Nest<Leaf>,
  place: string,
): readonly (readonly [Leaf, string])[] {
  return isGroup(nest)
    ? nest.rules.flatMap((rule, i) => placedLeaves(rule, `${place}.rules[${i}]`))
    : [[nest, place]]
}
