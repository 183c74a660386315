import {
  decider,
  type EventKind,
  type EventLeaf,
  GROUP_KINDS,
  MAP_STATES,
  NO_FACTS,
  type ResolvedSegment,
  type SegmentEvent,
  type SegmentFacts,
  type SegmentScope,
  UTC,
} from '@parcurs/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { factsNeeded } from './facts-needed.ts'
import { concerns } from './touch.ts'

// SPEC.md, "Membership": [MB5] what cannot matter changes no decision.

const HOUR = 3_600_000
const START = Date.UTC(2026, 9, 20)
const NAMES = ['view', 'cart', 'order', 'help']
/** The last one stands for many names: the event itself says which. */
const kinds: readonly EventKind[] = [
  ...NAMES.map((name, i) => ({ name, code: i + 1, coarseName: false })),
  { name: '', code: 5, coarseName: true },
].map((kind) => ({ ...kind, type: 'track', channel: 'web', path: '', coarse: false }))

const named = (...names: readonly string[]) => ({ kind: 'event', names }) as const
const scope: SegmentScope = {
  zone: UTC,
  weekStart: 'monday',
  period: null,
  touchpoint: (id) => (id === 't' ? { name: 'Tee', rule: named('view') } : null),
  map: (id) =>
    id === 'm'
      ? {
          steps: ['view', 'cart'].map((name) => ({
            id: name,
            rule: named(name),
            optional: false,
            goal: false,
            position: 0,
            loops: [],
            repeatable: false,
          })),
          goal: named('order'),
          valued: true,
          windowMs: 20 * HOUR,
        }
      : null,
}

const window = fc.oneof(
  fc.constant({ kind: 'ever' as const }),
  fc.record({ kind: fc.constant('hours' as const), n: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    kind: fc.constant('last' as const),
    n: fc.integer({ min: 1, max: 3 }),
    unit: fc.constant('days' as const),
  }),
)
const event = fc.oneof(
  fc.subarray(NAMES).map((names): EventLeaf => named(...names)),
  fc.constant<EventLeaf>({ kind: 'property', property: 'p', op: 'set' }),
  fc.constant({ kind: 'touchpoint' as const, touchpoint: 't' }),
)
const events = fc.oneof(
  { weight: 3, arbitrary: event },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom(...GROUP_KINDS),
      rules: fc.array(event, { minLength: 1, maxLength: 2 }),
    }),
  },
)
const times = fc.record({ op: fc.constantFrom('gte', 'lte', 'eq'), value: fc.nat(2) })
const leaf: fc.Arbitrary<ResolvedSegment> = fc.oneof(
  fc.record({ kind: fc.constant('did'), event: events, times, window }),
  fc.record({
    kind: fc.constant('amount'),
    amount: fc.constantFrom('sum', 'average', 'smallest', 'largest'),
    of: fc.constantFrom({ kind: 'value' }, { kind: 'property', property: 'p' }),
    event: events,
    test: times,
    window,
  }),
  fc.record({
    kind: fc.constant('distinct'),
    of: fc.constantFrom({ kind: 'days' }, { kind: 'property', property: 'p' }),
    event: events,
    test: times,
    window,
  }),
  fc.record({ kind: fc.constantFrom('first', 'last'), event: events, window }),
  fc.record({
    kind: fc.constant('sequence'),
    steps: fc.array(events, { minLength: 2, maxLength: 2 }),
    stepWithinMs: fc.constantFrom(null, 10 * HOUR),
    withinMs: fc.constantFrom(null, 30 * HOUR),
    without: fc.option(events),
    window,
  }),
  fc.record({
    kind: fc.constant('said'),
    scale: fc.constant('nps'),
    which: fc.constantFrom('latest', 'any'),
    test: fc.option(times),
    words: fc.constantFrom(null, 'fine'),
    touchpoint: fc.constantFrom(null, 't'),
    window,
  }),
  fc.record({
    kind: fc.constant('on-map'),
    map: fc.constant('m'),
    version: fc.constant(1),
    state: fc.constantFrom(...MAP_STATES),
    step: fc.constantFrom('view', 'cart'),
    window,
  }),
  ...(['eq', 'ne'] as const).map((op) =>
    fc.record({
      kind: fc.constant('trait'),
      trait: fc.constantFrom('plan', 'city', 'group.account.plan'),
      op: fc.constant(op),
      value: fc.constantFrom('gold', 'tin'),
    }),
  ),
  fc.record({ kind: fc.constant('in'), of: fc.constant('list'), id: fc.constant('l') }),
)
const rule: fc.Arbitrary<ResolvedSegment> = fc.letrec<{ rule: ResolvedSegment }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    leaf,
    fc.record({
      kind: fc.constantFrom(...GROUP_KINDS),
      rules: fc.array(tie('rule'), { maxLength: 3 }),
    }),
  ),
})).rule

const happening = fc.record({
  kind: fc.constantFrom(...kinds),
  name: fc.constantFrom(...NAMES, 'other'),
  timeMs: fc.nat(72).map((hours) => START + hours * HOUR),
  value: fc.constantFrom(0, 10_000, -10_000),
  properties: fc.constantFrom<Readonly<Record<string, string>>>({}, { p: '1' }),
})
type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never
const traits = fc.dictionary(
  fc.constantFrom('plan', 'city', 'shoe'),
  fc.constantFrom('gold', 'tin'),
)

/** As they are read: only events of mattering kinds, in the order of time, however late they came. */
function factsOf(
  mattering: ReadonlySet<number>,
  happened: readonly Happening[],
  held: Readonly<Record<string, string>>,
  answered: readonly Happening[],
): SegmentFacts {
  const known = ({ kind, timeMs, value, name, properties }: Happening): SegmentEvent => ({
    timeMs,
    value,
    type: kind.type,
    name: kind.coarseName === true ? name : kind.name,
    channel: kind.channel,
    path: kind.path,
    properties,
  })
  return {
    events: happened
      .filter(({ kind }) => mattering.has(kind.code))
      .map(known)
      .toSorted((a, b) => a.timeMs - b.timeMs),
    traits: held,
    answers: answered
      .toSorted((a, b) => a.timeMs - b.timeMs)
      .map((one) => ({
        timeMs: one.timeMs,
        scale: 'nps',
        score: 1,
        touchpoint: '',
        comment: 'fine',
        event: known(one),
      })),
    lists: new Set(),
  }
}

test('[MB5] what cannot matter changes no decision, at any instant', () => {
  let kept = 0
  fc.assert(
    fc.property(
      rule,
      fc.array(happening, { maxLength: 5 }),
      fc.array(happening, { maxLength: 2 }),
      traits,
      traits,
      fc.array(fc.nat(120), { minLength: 3, maxLength: 3 }),
      (drawn, before, came, held, set, hours) => {
        const needed = factsNeeded([drawn], { kinds, scope })
        const changed = Object.keys(set).filter((name) => set[name] !== held[name])
        const touch = { kinds: came.map(({ kind }) => kind.code), traits: changed }
        if (concerns(needed, touch)) return
        kept++
        const decide = decider(drawn, scope)
        const was = decide(factsOf(needed.kinds, before, held, before))
        // Any event that came may be an answer.
        const together = [...before, ...came]
        const is = decide(factsOf(needed.kinds, together, { ...held, ...set }, together))
        for (const hour of hours) {
          const nowMs = START + hour * HOUR
          expect(is(nowMs)).toEqual(was(nowMs))
        }
      },
    ),
    { numRuns: 1500 },
  )
  expect(kept).toBeGreaterThan(200)
})

test('[MB5] of whom nothing matters, the answer never changes with time', () => {
  fc.assert(
    fc.property(rule, fc.nat(1000), fc.nat(1000), (drawn, one, other) => {
      const decide = decider(drawn, scope)(NO_FACTS)
      const answer = decide(START + one * HOUR)
      expect(answer.untilMs).toBeNull()
      expect(decide(START + other * HOUR)).toEqual(answer)
    }),
  )
})

test('[MB5] what concerns a rule, by what it looks at', () => {
  const did = (names: readonly string[]): ResolvedSegment => ({
    kind: 'did',
    event: { kind: 'event', names },
    times: { op: 'lte', value: 0 },
    window: { kind: 'ever' },
  })
  const of = (one: ResolvedSegment) => factsNeeded([one], { kinds, scope })
  const came = (code: number) => ({ kinds: [code], traits: [] })
  expect(concerns(of(did(['order'])), came(3))).toBe(true)
  expect(concerns(of(did(['order'])), came(1))).toBe(false)
  expect(concerns(of({ kind: 'none', rules: [did(['order'])] }), came(3))).toBe(true)
  // A kind that stands for many names may be any of them.
  expect(concerns(of(did(['order'])), came(5))).toBe(true)
  expect(concerns(of(did(['order'])), 'whole')).toBe(true)
  const group: ResolvedSegment = {
    kind: 'trait',
    trait: 'group.account.plan',
    op: 'eq',
    value: 'gold',
  }
  expect(concerns(of(group), { kinds: [], traits: ['group'] })).toBe(true)
  expect(concerns(of(group), { kinds: [], traits: ['plan'] })).toBe(false)
})
