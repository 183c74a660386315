import { type AnyLeaf, isGroup, leavesOf, type Nest, replaceLeaves } from '../condition/nest.ts'
import type { RuleFault } from '../condition/rule-fault.ts'
import { conditionCount } from './segment-leaves.ts'
import type { MemberLeaf, SegmentLeaf, SegmentRule } from './segment-rule.ts'

/** A saved segment as far as rules that name it need it. */
export interface NamedSegment {
  readonly id: string
  readonly name: string
  readonly rule: SegmentRule
  readonly version: number
}

export type SegmentOf = (id: string) => NamedSegment | null

/** A leaf that stands for itself: no saved segment is left to look up. */
export type ResolvedLeaf = Exclude<SegmentLeaf, MemberLeaf> | (MemberLeaf & { readonly of: 'list' })
export type ResolvedSegment = Nest<ResolvedLeaf>

/**
 * Conditions of a rule with those of the segments that it names, which may name others; each naming is one too. Ten
 * segments that name the next one twice come to more than anybody could count by.
 */
export const MAX_RESOLVED_PARTS = 500
/** So many saved segments may stand one in the other. */
export const MAX_SEGMENTS_DEEP = 20

/**
 * The same rule with the rules of saved segments in their place; a segment that is gone is nobody.
 *
 * @throws when `memberFaults` would have refused it
 */
export function resolveSegments(rule: SegmentRule, segmentOf: SegmentOf): ResolvedSegment {
  if (!isWithinLimits(rule, segmentOf)) {
    throw new Error(
      `a rule of more than ${MAX_RESOLVED_PARTS} conditions, or ${MAX_SEGMENTS_DEEP} segments one in the other`,
    )
  }
  return resolved(rule, segmentOf)
}

function resolved(rule: SegmentRule, segmentOf: SegmentOf): ResolvedSegment {
  return replaceLeaves<SegmentLeaf, ResolvedLeaf>(rule, (leaf) => {
    if (leaf.kind !== 'in') return leaf
    if (leaf.of === 'list') return { kind: 'in', of: 'list', id: leaf.id }
    const named = segmentOf(leaf.id)
    return named === null ? { kind: 'any', rules: [] } : resolved(named.rule, segmentOf)
  })
}

function isWithinLimits(rule: SegmentRule, segmentOf: SegmentOf): boolean {
  let left = MAX_RESOLVED_PARTS
  // Every step costs a condition, so however the segments name each other this ends.
  const fits = (within: SegmentRule, deep: number): boolean =>
    deep <= MAX_SEGMENTS_DEEP &&
    leavesOf(within).every((leaf) => {
      left -= conditionCount(leaf)
      if (left < 0) return false
      const named = namedBy(leaf)
      const inner = named === null ? null : segmentOf(named)
      return inner === null || fits(inner.rule, deep + 1)
    })
  return fits(rule, 0)
}

/** Ids of the saved segments that a rule leads to, directly or through others, each once. */
export function segmentsWithin(rule: SegmentRule, segmentOf: SegmentOf): readonly string[] {
  const met = new Set(namedIn(rule))
  // A set is walked in the order of insertion, and so over what is added on the way.
  for (const id of met) {
    const named = segmentOf(id)
    if (named !== null) for (const inner of namedIn(named.rule)) met.add(inner)
  }
  return [...met]
}

function namedIn(rule: SegmentRule): readonly string[] {
  return leavesOf(rule).flatMap((leaf) => namedBy(leaf) ?? [])
}

function namedBy(leaf: SegmentLeaf): string | null {
  return leaf.kind === 'in' && leaf.of === 'segment' ? leaf.id : null
}

/**
 * Segments that a rule names and that are not there, that lead back to where they are named, or that make it too long.
 *
 * @param id of the segment whose rule it is; null: it is not saved yet
 */
export function memberFaults(
  id: string | null,
  rule: SegmentRule,
  segmentOf: SegmentOf,
  place = 'rule',
): readonly RuleFault[] {
  const clear = new Set<string>()
  const faults = placedLeaves(rule, place).flatMap(([leaf, at]): readonly RuleFault[] => {
    const named = namedBy(leaf)
    if (named === null) return []
    if (named !== id && segmentOf(named) === null) {
      const expected = 'a segment of this workspace'
      const value = JSON.stringify(named)
      return [{ code: 'segment-unknown', place: `${at}.id`, value, expected }]
    }
    const circle = circleFrom(named, id === null ? [] : [id], segmentOf, clear)
    if (circle === null) return []
    const names = circle.map((at) => segmentOf(at)?.name ?? at).join(' → ')
    const expected = 'segments that do not lead back to themselves'
    return [{ code: 'segment-circle', place: `${at}.id`, value: names, expected }]
  })
  if (faults.length > 0 || isWithinLimits(rule, segmentOf)) return faults
  const names = [...new Set(namedIn(rule))].map((named) => segmentOf(named)?.name ?? named)
  return [tooLong(place, names)]
}

/**
 * Segments that a change would make too long, because they lead to the one that is changed.
 *
 * @param id of the segment that is changed
 * @param segmentOf as they stand after the change; none leads back to itself
 */
export function followingFaults(
  id: string,
  all: readonly NamedSegment[],
  segmentOf: SegmentOf,
  place = 'rule',
): readonly RuleFault[] {
  const names = all
    .filter((one) => one.id !== id && !isWithinLimits(one.rule, segmentOf))
    .filter(({ rule }) => segmentsWithin(rule, segmentOf).includes(id))
    .map(({ name }) => name)
  return names.length === 0 ? [] : [tooLong(place, names)]
}

function tooLong(place: string, names: readonly string[]): RuleFault {
  const expected = `segments that come to at most ${MAX_RESOLVED_PARTS} conditions together, at most ${MAX_SEGMENTS_DEEP} one in the other`
  return { code: 'segments-too-long', place, value: names.join(', '), expected }
}

/**
 * @param clear segments that lead nowhere back; each is followed once, however often it is named
 * @returns the ids from a segment back to itself; null: it leads nowhere back
 */
function circleFrom(
  id: string,
  before: readonly string[],
  segmentOf: SegmentOf,
  clear: Set<string>,
): readonly string[] | null {
  const met = before.indexOf(id)
  if (met >= 0) return [...before.slice(met), id]
  const rule = segmentOf(id)?.rule
  // So deep it is refused anyway.
  if (rule === undefined || clear.has(id) || before.length > MAX_RESOLVED_PARTS) return null
  for (const named of namedIn(rule)) {
    const circle = circleFrom(named, [...before, id], segmentOf, clear)
    if (circle !== null) return circle
  }
  clear.add(id)
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
