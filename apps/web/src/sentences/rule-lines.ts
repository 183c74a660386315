import { type GroupKind, isGroup, type SegmentLeaf, type SegmentRule } from '@parcurs/domain'
import type { Path, SegmentGroup } from './rule-edit.ts'

/** A line of the sentence as it is drawn: a condition, or the words that a group begins with. */
export type RuleLine = {
  readonly path: Path
  /** How the line is joined to the one before it in its group; null: it is the first. */
  readonly join: GroupKind | null
} & (
  | { readonly kind: 'leaf'; readonly leaf: SegmentLeaf }
  | { readonly kind: 'group'; readonly group: SegmentGroup }
)

/** In reading order, the whole left out. */
export function ruleLines(rule: SegmentGroup, path: Path = []): readonly RuleLine[] {
  return rule.rules.flatMap((part: SegmentRule, i): readonly RuleLine[] => {
    const at = [...path, i]
    const join = i === 0 ? null : rule.kind
    return isGroup(part)
      ? [{ kind: 'group', group: part, path: at, join }, ...ruleLines(part, at)]
      : [{ kind: 'leaf', leaf: part, path: at, join }]
  })
}

export function pathText(path: Path): string {
  return path.join('.')
}

export function pathOf(text: string): Path {
  return text === '' ? [] : text.split('.').map(Number)
}

/** As in the places of faults: [0, 2] → `rule.rules[0].rules[2]`. */
export function placeOfPath(path: Path): string {
  return `rule${path.map((i) => `.rules[${i}]`).join('')}`
}
