import type { SegmentGroup } from './rule-edit.ts'

/** A rule with what it was before, and what was taken back. */
export interface History {
  readonly past: readonly SegmentGroup[]
  readonly rule: SegmentGroup
  readonly future: readonly SegmentGroup[]
  /** What the latest change was about; the next change about the same is one with it. null: it stands alone. */
  readonly about: string | null
}

export type HistoryChange =
  | { readonly kind: 'edit'; readonly rule: SegmentGroup; readonly about?: string | null }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'begin'; readonly rule: SegmentGroup }

/** So far back can be gone. */
const MOST_STEPS = 200

export function historyOf(rule: SegmentGroup): History {
  return { past: [], rule, future: [], about: null }
}

/** The history after one change. n times undone and n times redone leaves the rule as it was. */
export function changeHistory(history: History, change: HistoryChange): History {
  switch (change.kind) {
    case 'begin':
      return historyOf(change.rule)
    case 'edit': {
      if (change.rule === history.rule) return history
      const about = change.about ?? null
      const one = about !== null && about === history.about && history.past.length > 0
      const past = one ? history.past : [...history.past, history.rule].slice(-MOST_STEPS)
      return { past, rule: change.rule, future: [], about }
    }
    case 'undo': {
      const rule = history.past.at(-1)
      if (rule === undefined) return history
      return {
        past: history.past.slice(0, -1),
        rule,
        future: [history.rule, ...history.future],
        about: null,
      }
    }
    case 'redo': {
      const [rule, ...future] = history.future
      if (rule === undefined) return history
      return { past: [...history.past, history.rule], rule, future, about: null }
    }
  }
}
