import {
  conditionCount,
  type Group,
  type GroupKind,
  isGroup,
  MAX_RULE_DEPTH,
  MAX_RULE_PARTS,
  type SegmentLeaf,
  type SegmentRule,
} from '@parcurs/domain'

/** Where a condition or group stands: the number of each rule on the way down; [] is the whole. */
export type Path = readonly number[]

export type SegmentGroup = Group<SegmentLeaf>

/** A rule after an edit, and where that which was edited stands now. */
export interface Edited {
  readonly rule: SegmentGroup
  readonly at: Path
}

/** The editor's rule is a group: a condition alone is a group of one. */
export function asGroup(rule: SegmentRule): SegmentGroup {
  return isGroup(rule) ? rule : { kind: 'all', rules: [rule] }
}

/** null: nothing stands there. */
export function ruleAt(rule: SegmentRule, path: Path): SegmentRule | null {
  let found: SegmentRule | undefined = rule
  for (const i of path) found = found !== undefined && isGroup(found) ? found.rules[i] : undefined
  return found ?? null
}

export function replaceAt(whole: SegmentGroup, path: Path, rule: SegmentRule): Edited {
  return kept({ rule: whole, at: path }, asGroup(replaced(whole, path, rule)), path)
}

/** Puts a rule into a group, before the one that stands at `index`. */
export function insertAt(
  whole: SegmentGroup,
  group: Path,
  index: number,
  rule: SegmentRule,
): Edited {
  const there = ruleAt(whole, group)
  if (there === null || !isGroup(there)) return { rule: whole, at: group }
  const rules = there.rules.toSpliced(index, 0, rule)
  const after = asGroup(replaced(whole, group, { ...there, rules }))
  return kept({ rule: whole, at: group }, after, [...group, index])
}

/**
 * Adds a condition beside another one: `all` means "and", `any` means "or". Where the group around joins by the other
 * word, both get a group of their own.
 */
export function addBeside(
  whole: SegmentGroup,
  path: Path,
  kind: 'all' | 'any',
  rule: SegmentRule,
): Edited {
  const group = path.slice(0, -1)
  const [around, beside] = [ruleAt(whole, group), ruleAt(whole, path)]
  const stays = { rule: whole, at: path }
  if (around === null || beside === null || !isGroup(around)) return stays
  const last = path.at(-1)
  if (last === undefined) return insertAt(whole, [], whole.rules.length, rule)
  if (around.kind === kind) return insertAt(whole, group, last + 1, rule)
  // A group of one joins by nothing yet: it takes the word.
  if (around.rules.length === 1 && around.kind !== 'none') {
    const rules = [beside, rule]
    return kept(stays, asGroup(replaced(whole, group, { kind, rules })), [...group, 1])
  }
  return kept(stays, asGroup(replaced(whole, path, { kind, rules: [beside, rule] })), [...path, 1])
}

/** Takes a condition or group out. A group that nothing is left in goes too; the whole stays. */
export function removeAt(whole: SegmentGroup, path: Path): Edited {
  const last = path.at(-1)
  if (last === undefined) return { rule: { ...whole, rules: [] }, at: [] }
  const group = path.slice(0, -1)
  const around = ruleAt(whole, group)
  if (around === null || !isGroup(around) || ruleAt(whole, path) === null) {
    return { rule: whole, at: path }
  }
  const rules = around.rules.toSpliced(last, 1)
  if (rules.length === 0 && group.length > 0) return removeAt(whole, group)
  const rule = asGroup(replaced(whole, group, { ...around, rules }))
  return { rule, at: rules.length === 0 ? group : [...group, Math.min(last, rules.length - 1)] }
}

/** How the conditions of a group are joined. */
export function joinAt(whole: SegmentGroup, path: Path, kind: GroupKind): Edited {
  const group = ruleAt(whole, path)
  if (group === null || !isGroup(group)) return { rule: whole, at: path }
  return { rule: asGroup(replaced(whole, path, { ...group, kind })), at: path }
}

/**
 * Moves a condition or group one place up or down, as one reads: over its neighbour, into a group that it meets, out of
 * the group that it stands at the end of.
 */
export function moveAt(whole: SegmentGroup, path: Path, by: -1 | 1): Edited {
  const stays = { rule: whole, at: path }
  const last = path.at(-1)
  const group = path.slice(0, -1)
  const around = ruleAt(whole, group)
  const moved = ruleAt(whole, path)
  if (last === undefined || moved === null || around === null || !isGroup(around)) return stays
  const met = around.rules[last + by]
  if (met === undefined) {
    const index = group.at(-1)
    if (index === undefined) return stays
    const outside = group.slice(0, -1)
    const outer = ruleAt(whole, outside)
    if (outer === null || !isGroup(outer)) return stays
    const left = around.rules.toSpliced(last, 1)
    // A group that nothing is left in goes: what was moved takes its place.
    const rest = left.length === 0 ? [] : [{ ...around, rules: left }]
    const both = by === -1 ? [moved, ...rest] : [...rest, moved]
    const rules = outer.rules.toSpliced(index, 1, ...both)
    const rule = asGroup(replaced(whole, outside, { ...outer, rules }))
    return kept(stays, rule, [...outside, by === -1 ? index : index + rest.length])
  }
  if (isGroup(met) && !isGroup(moved)) {
    const rules = by === -1 ? [...met.rules, moved] : [moved, ...met.rules]
    const place = by === -1 ? last - 1 : last
    const all = around.rules
      .map((rule, i) => (i === last + by ? { ...met, rules } : rule))
      .toSpliced(last, 1)
    const rule = asGroup(replaced(whole, group, { ...around, rules: all }))
    return kept(stays, rule, [...group, place, by === -1 ? rules.length - 1 : 0])
  }
  const rules = around.rules.toSpliced(last, 1).toSpliced(last + by, 0, moved)
  const rule = asGroup(replaced(whole, group, { ...around, rules }))
  return { rule, at: [...group, last + by] }
}

/** Whether a rule is no deeper and no longer than rules may be. */
export function fits(rule: SegmentRule): boolean {
  return depthOf(rule) <= MAX_RULE_DEPTH && conditionCount(rule) <= MAX_RULE_PARTS
}

/** An edit that would lead beyond the limits changes nothing, and one stays where one was. */
function kept(
  before: { readonly rule: SegmentGroup; readonly at: Path },
  after: SegmentGroup,
  at: Path,
): Edited {
  return fits(after) ? { rule: after, at } : before
}

function depthOf(rule: SegmentRule): number {
  return isGroup(rule) ? 1 + Math.max(0, ...rule.rules.map(depthOf)) : 0
}

function replaced(whole: SegmentRule, path: Path, rule: SegmentRule): SegmentRule {
  const [first, ...rest] = path
  if (first === undefined) return rule
  if (!isGroup(whole)) return whole
  return {
    ...whole,
    rules: whole.rules.map((one, i) => (i === first ? replaced(one, rest, rule) : one)),
  }
}
