import {
  type Group,
  isGroup,
  MAX_RULE_DEPTH,
  leavesOf,
  type SegmentLeaf,
  type SegmentRule,
} from '@parcurs/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeHistory, historyOf } from './edit-history.ts'
import {
  addBeside,
  asGroup,
  type Edited,
  fits,
  insertAt,
  joinAt,
  moveAt,
  type Path,
  removeAt,
  replaceAt,
  ruleAt,
  type SegmentGroup,
} from './rule-edit.ts'

const leaf = (trait: string): SegmentLeaf => ({ kind: 'trait', trait, op: 'set' })
const all = (...rules: readonly SegmentRule[]): Group<SegmentLeaf> => ({ kind: 'all', rules })
const any = (...rules: readonly SegmentRule[]): Group<SegmentLeaf> => ({ kind: 'any', rules })
const [a, b, c, d] = [leaf('a'), leaf('b'), leaf('c'), leaf('d')]

test('[UI52] "and" and "or" make a group of their own where the other word joins', () => {
  expect(addBeside(all(a), [0], 'any', b)).toEqual({ rule: any(a, b), at: [1] })
  expect(addBeside(all(a, b), [0], 'all', c)).toEqual({ rule: all(a, c, b), at: [1] })
  expect(addBeside(all(a, b), [1], 'any', c)).toEqual({ rule: all(a, any(b, c)), at: [1, 1] })
})

test('[UI52] the last condition of a group takes the group with it, the whole stays', () => {
  expect(removeAt(all(a, any(b)), [1, 0])).toEqual({ rule: all(a), at: [0] })
  expect(removeAt(all(a), [0])).toEqual({ rule: all(), at: [] })
})

test('[UI52] a condition moves as one reads: over, into and out of groups', () => {
  expect(moveAt(all(a, b), [1], -1)).toEqual({ rule: all(b, a), at: [0] })
  expect(moveAt(all(a, any(b, c)), [0], 1)).toEqual({ rule: all(any(a, b, c)), at: [0, 0] })
  expect(moveAt(all(any(a, b), c), [1], -1)).toEqual({ rule: all(any(a, b, c)), at: [0, 2] })
  expect(moveAt(all(any(a, b), c), [0, 1], 1)).toEqual({ rule: all(any(a), b, c), at: [1] })
  expect(moveAt(all(any(a), c), [0, 0], 1)).toEqual({ rule: all(a, c), at: [0] })
  // The outer group would be empty for a moment: it stays for what moves into it.
  expect(moveAt(all(any(all(a))), [0, 0, 0], 1)).toEqual({ rule: all(any(a)), at: [0, 0] })
  expect(moveAt(all(a), [0], -1)).toEqual({ rule: all(a), at: [0] })
  expect(moveAt(all(any(a), any(b)), [0], 1)).toEqual({ rule: all(any(b), any(a)), at: [1] })
})

test('[UI52] nothing is nested deeper than five levels or longer than 100 conditions', () => {
  const deep = all(all(all(all(any(a, b)))))
  expect(addBeside(deep, [0, 0, 0, 0, 1], 'all', c).rule).toBe(deep)
  const long = all(...Array.from({ length: 100 }, () => d))
  expect(insertAt(long, [], 0, a).rule).toBe(long)
})

const nest: fc.Arbitrary<SegmentRule> = fc.letrec<{ rule: SegmentRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(a, b, c, d),
    fc.record({
      kind: fc.constantFrom('all', 'any', 'none'),
      rules: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).rule

type Edit = (rule: SegmentGroup, path: Path) => Edited
const edit: fc.Arbitrary<Edit> = fc.constantFrom<Edit>(
  (rule, path) => removeAt(rule, path),
  (rule, path) => moveAt(rule, path, 1),
  (rule, path) => moveAt(rule, path, -1),
  (rule, path) => addBeside(rule, path, 'all', d),
  (rule, path) => addBeside(rule, path, 'any', d),
  (rule, path) => insertAt(rule, path, 0, c),
  (rule, path) => joinAt(rule, path, 'none'),
  (rule, path) => replaceAt(rule, path, all(a, b)),
)
const edits = fc.array(fc.tuple(edit, fc.nat()), { maxLength: 12 })

/** Every place of a rule, the whole and groups included. */
function paths(rule: SegmentRule, at: Path = []): readonly Path[] {
  return [at, ...(isGroup(rule) ? rule.rules.flatMap((one, i) => paths(one, [...at, i])) : [])]
}

test('[UI52] every edit leaves a tree within the limits, without empty groups, and says where it stands', () => {
  fc.assert(
    fc.property(nest, edits, (rule, chosen) => {
      let now = asGroup(rule)
      for (const [change, n] of chosen) {
        const there = paths(now)
        const done = change(now, there[n % there.length] ?? [])
        now = done.rule
        expect(fits(now)).toBe(true)
        expect(ruleAt(now, done.at)).not.toBeNull()
        for (const path of paths(now)) {
          const group = ruleAt(now, path)
          if (path.length > 0 && group !== null && isGroup(group)) {
            expect(group.rules.length).toBeGreaterThan(0)
          }
        }
      }
    }),
    { numRuns: 200 },
  )
})

test('[UI52] where a rule is as deep as it may be, nothing is added and one stays where one was', () => {
  const deepest = Array.from({ length: MAX_RULE_DEPTH }).reduce<SegmentRule>(
    (inner) => all(b, inner),
    a,
  )
  const path = Array.from({ length: MAX_RULE_DEPTH }, () => 1)
  const rule = asGroup(deepest)
  expect(ruleAt(rule, path)).toEqual(a)
  expect(addBeside(rule, path, 'any', d)).toEqual({ rule, at: path })
})

test('[UI52] moving loses no condition and makes none', () => {
  const said = (rule: SegmentRule) =>
    leavesOf(rule)
      .map((one) => JSON.stringify(one))
      .toSorted()
  fc.assert(
    fc.property(nest, fc.nat(), fc.constantFrom(1 as const, -1 as const), (rule, n, by) => {
      const whole = asGroup(rule)
      const there = paths(whole)
      expect(said(moveAt(whole, there[n % there.length] ?? [], by).rule)).toEqual(said(whole))
    }),
    { numRuns: 200 },
  )
})

test('[UI45] n undos lead back to the start, and n redos to the end', () => {
  fc.assert(
    fc.property(nest, edits, (rule, chosen) => {
      const start = historyOf(asGroup(rule))
      let history = start
      for (const [change, n] of chosen) {
        const there = paths(history.rule)
        const edited = change(history.rule, there[n % there.length] ?? [])
        history = changeHistory(history, { kind: 'edit', rule: edited.rule })
      }
      const end = history.rule
      const steps = history.past.length
      for (let i = 0; i < steps; i++) history = changeHistory(history, { kind: 'undo' })
      expect(history.rule).toEqual(start.rule)
      for (let i = 0; i < steps; i++) history = changeHistory(history, { kind: 'redo' })
      expect(history.rule).toEqual(end)
    }),
    { numRuns: 100 },
  )
})

test('[UI45] what is typed into one part is one step back, the next part another', () => {
  let history = historyOf(all(a))
  for (const [rule, about] of [
    [all(b), 'value'],
    [all(c), 'value'],
    [all(d), 'window'],
  ] as const) {
    history = changeHistory(history, { kind: 'edit', rule, about })
  }
  expect(changeHistory(history, { kind: 'undo' }).rule).toEqual(all(c))
  expect(changeHistory(changeHistory(history, { kind: 'undo' }), { kind: 'undo' }).rule).toEqual(
    all(a),
  )
})
