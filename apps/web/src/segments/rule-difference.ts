import { leavesOf, type SegmentLeaf, type SegmentRule } from '@parcurs/domain'

export interface RuleDifference {
  /** Conditions, in words. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** The conditions are the same; how they are joined or ordered is not. */
  readonly joined: boolean
}

/** What became of a rule, in words: the conditions that came and went, each as often as it stands there. */
export function ruleDifference(
  before: SegmentRule,
  after: SegmentRule,
  text: (leaf: SegmentLeaf) => string,
): RuleDifference {
  const former = leavesOf(before).map(text)
  const now = leavesOf(after).map(text)
  const [added, removed] = [without(now, former), without(former, now)]
  const same = added.length === 0 && removed.length === 0
  return { added, removed, joined: same && JSON.stringify(before) !== JSON.stringify(after) }
}

/** The texts that are left when each of the others takes one away. */
function without(texts: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others]
  return texts.filter((text) => {
    const at = left.indexOf(text)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
