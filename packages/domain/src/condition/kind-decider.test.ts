import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ANY_CHANNEL, type EventKind } from '../event.ts'
import { decideKind, type MatchRule } from './event-condition.ts'
import { kindDecider } from './kind-decider.ts'

const names = fc.constantFrom('view', 'cart', 'paid', '')
const paths = fc.constantFrom('', '/', '/cart', '/product/1')
const channels = fc.constantFrom('web', 'store')

const leaf: fc.Arbitrary<MatchRule> = fc.oneof(
  fc.record({ kind: fc.constant('event' as const), names: fc.array(names, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('channel' as const), channels: fc.array(channels) }),
  fc.record({
    kind: fc.constant('url' as const),
    op: fc.constantFrom('equals' as const, 'contains' as const, 'like' as const),
    value: paths,
  }),
  fc.constant({ kind: 'property', property: 'a', op: 'set' } as const),
)
const { rule } = fc.letrec<{ rule: MatchRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
      rules: fc.array(tie('rule'), { maxLength: 3 }),
    }),
  ),
}))
const kind: fc.Arbitrary<EventKind> = fc.oneof(
  fc.record({
    code: fc.constant(1),
    type: fc.constant('track' as const),
    name: names,
    channel: channels,
    path: paths,
    coarse: fc.boolean(),
  }),
  fc.constant({
    code: 1,
    type: 'track',
    name: '* ',
    channel: ANY_CHANNEL,
    path: '*',
    coarse: true,
    coarseName: true,
  } as const),
)

test('[TP3] many rules at once are decided for a kind as each is by itself', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 6 }),
      fc.array(kind, { maxLength: 5 }),
      (rules, kinds) => {
        const matching = kindDecider(rules)
        for (const one of kinds) {
          const each = rules.flatMap((each, index) => {
            const matches = decideKind(each, one)
            return matches === false ? [] : [{ index, matches }]
          })
          expect(matching(one)).toEqual(each)
        }
      },
    ),
  )
})
