import { expect, test } from 'vitest'
import { readSegment } from './read-segment.ts'
import { leavesOf } from '../condition/nest.ts'
import {
  followingFaults,
  memberFaults,
  type NamedSegment,
  resolveSegments,
  segmentsWithin,
} from './resolve-segment.ts'
import { segmentFaults } from './segment-fault.ts'
import type { SegmentLeaf, SegmentRule } from './segment-rule.ts'
import type { Window } from './window.ts'

const order = { kind: 'event', names: ['Order'] } as const
const did = (window: Window, value = 1): SegmentLeaf => ({
  kind: 'did',
  event: order,
  times: { op: 'gte', value },
  window,
})
const nested = (depth: number): SegmentRule =>
  depth === 0 ? did({ kind: 'ever' }) : { kind: 'any', rules: [nested(depth - 1)] }

test('[SR1] a property alone is an event of the question’s period', () => {
  const property = { kind: 'property', property: 'device', op: 'eq', value: 'ios' }
  const once = {
    kind: 'did',
    event: property,
    times: { op: 'gte', value: 1 },
    window: { kind: 'question' },
  }
  const given = { conditions: [{ property: 'device', op: 'eq', value: 'ios' }] }
  expect(readSegment(given)).toEqual({ kind: 'all', rules: [once] })
  expect(readSegment(readSegment(given))).toEqual(readSegment(given))
})

test.each<[string, SegmentRule, string]>([
  ['no trait', { kind: 'trait', trait: '', op: 'set' }, 'rule.trait'],
  ['no date', { kind: 'trait', trait: 'born', op: 'before', value: '2026-02-30' }, 'rule.value'],
  ['no days', { kind: 'trait', trait: 'born', op: 'in-last', days: 0 }, 'rule.days'],
  ['half a count', did({ kind: 'ever' }, 1.5), 'rule.times.value'],
  ['too long a window', did({ kind: 'last', n: 36_526, unit: 'days' }), 'rule.window.n'],
  [
    'a window that ends first',
    did({ kind: 'between', from: '2026-02-01', to: '2026-01-31' }),
    'rule.window.to',
  ],
  ['a window of no date', did({ kind: 'after', date: 'soon' }), 'rule.window.date'],
  [
    'a sequence of one',
    {
      kind: 'sequence',
      steps: [order],
      stepWithinMs: null,
      withinMs: null,
      without: null,
      window: { kind: 'ever' },
    },
    'rule.steps',
  ],
  [
    'a state of no step',
    { kind: 'on-map', map: 'm', version: 1, state: 'left', step: null, window: { kind: 'ever' } },
    'rule.step',
  ],
  [
    'an event without a name',
    {
      kind: 'none',
      rules: [{ ...did({ kind: 'ever' }), event: { kind: 'event', names: [''] } } as SegmentLeaf],
    },
    'rule.rules[0].event.names[0]',
  ],
  ['too deep', nested(6), 'rule.rules[0].rules[0].rules[0].rules[0].rules[0]'],
  [
    'too many',
    { kind: 'any', rules: new Array<SegmentRule>(101).fill(did({ kind: 'ever' })) },
    'rule',
  ],
])('[SR2] refuses %s', (_why, rule, place) => {
  expect(segmentFaults(rule).map((fault) => fault.place)).toEqual([place])
})

test('[SR2] a century, and groups of nothing, are no faults', () => {
  expect(segmentFaults(did({ kind: 'last', n: 36_525, unit: 'days' }))).toEqual([])
  expect(segmentFaults({ kind: 'any', rules: [] })).toEqual([])
  expect(segmentFaults(nested(5))).toEqual([])
})

test('[SR2] only a question has its period', () => {
  expect(segmentFaults(did({ kind: 'question' }))).toEqual([])
  expect(segmentFaults(did({ kind: 'question' }), 'watched').map(({ place }) => place)).toEqual([
    'rule.window',
  ])
})

const saved: Readonly<Record<string, NamedSegment>> = {
  a: { id: 'a', name: 'Alpha', version: 1, rule: { kind: 'in', of: 'segment', id: 'b' } },
  b: {
    id: 'b',
    name: 'Beta',
    version: 1,
    rule: { kind: 'any', rules: [{ kind: 'in', of: 'segment', id: 'c' }] },
  },
  c: { id: 'c', name: 'Gamma', version: 1, rule: { kind: 'in', of: 'list', id: 'l' } },
}
const segmentOf = (id: string): NamedSegment | null => saved[id] ?? null

test('[SR2] a circle is refused by name', () => {
  const backToA: SegmentRule = { kind: 'none', rules: [{ kind: 'in', of: 'segment', id: 'a' }] }
  expect(memberFaults('c', backToA, segmentOf)).toMatchObject([
    { code: 'segment-circle', place: 'rule.rules[0].id', value: 'Gamma → Alpha → Beta → Gamma' },
  ])
  expect(memberFaults('d', backToA, segmentOf)).toEqual([])
  expect(memberFaults('d', { kind: 'in', of: 'segment', id: 'z' }, segmentOf)).toMatchObject([
    { code: 'segment-unknown' },
  ])
  expect(resolveSegments(backToA, segmentOf)).toEqual({
    kind: 'none',
    rules: [{ kind: 'any', rules: [{ kind: 'in', of: 'list', id: 'l' }] }],
  })
})

const inSegment = (id: string): SegmentRule => ({ kind: 'in', of: 'segment', id })

/** Each names the next so often; the last one holds what it is given. */
function ladder(rungs: number, times: number, last: SegmentRule) {
  return (id: string): NamedSegment | null => {
    const n = Number(id)
    if (!(n >= 0 && n < rungs)) return null
    const next = inSegment(String(n + 1))
    const rules = new Array<SegmentRule>(times).fill(next)
    return {
      id,
      version: 1,
      name: `Rung ${id}`,
      rule: n === rungs - 1 ? last : { kind: 'any', rules },
    }
  }
}

test('[SR2] segments that name the next one twice are refused at once', () => {
  const order = did({ kind: 'ever' })
  const high = ladder(30, 2, order)
  expect(memberFaults(null, inSegment('0'), high)).toMatchObject([
    { code: 'segments-too-long', place: 'rule', value: 'Rung 0' },
  ])
  expect(() => resolveSegments(inSegment('0'), high)).toThrow('more than 500 conditions')
  expect(segmentsWithin(inSegment('0'), high)).toHaveLength(30)
  // 1 + 2 + 4 + … + 128 namings and 128 conditions: 383; with one rung more 767.
  expect(leavesOf(resolveSegments(inSegment('0'), ladder(8, 2, order)))).toHaveLength(128)
  expect(memberFaults(null, inSegment('0'), ladder(8, 2, order))).toEqual([])
  expect(memberFaults(null, inSegment('0'), ladder(9, 2, order))).toHaveLength(1)
})

test('[SR2] a change that makes a segment too long which leads to the changed one is told by its name', () => {
  const order = did({ kind: 'ever' })
  const rungs = ladder(8, 2, order)
  const all = Array.from({ length: 8 }, (_, n) => rungs(String(n))).flatMap((rung) => rung ?? [])
  const after = (rule: SegmentRule) => (id: string) => {
    const named = rungs(id)
    return id === '7' && named !== null ? { ...named, rule } : named
  }
  // 2 + 4 + … + 128 namings, and 128 times what the last rung holds: 382 with one, 510 with two.
  const holds = (n: number): SegmentRule => ({
    kind: 'any',
    rules: Array.from({ length: n }, () => order),
  })
  expect(followingFaults('7', all, after(holds(1)))).toEqual([])
  expect(followingFaults('7', all, after(holds(2)))).toMatchObject([
    { code: 'segments-too-long', place: 'rule', value: 'Rung 0' },
  ])
})

test('[SR2] a circle on the top of a ladder is told by its names, and a long chain is refused', () => {
  const back = ladder(30, 2, inSegment('28'))
  expect(memberFaults(null, inSegment('0'), back)).toMatchObject([
    { code: 'segment-circle', value: 'Rung 28 → Rung 29 → Rung 28' },
  ])
  expect(memberFaults(null, inSegment('0'), ladder(20, 1, { kind: 'any', rules: [] }))).toEqual([])
  for (const rungs of [21, 5000]) {
    expect(
      memberFaults(null, inSegment('0'), ladder(rungs, 1, { kind: 'any', rules: [] })),
    ).toMatchObject([{ code: 'segments-too-long' }])
  }
})
