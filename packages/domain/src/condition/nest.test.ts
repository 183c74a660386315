import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decided, GROUP_KINDS, holds, leavesOf, type Nest, replaceLeaves } from './nest.ts'

interface Bit {
  readonly kind: 'bit'
  readonly n: number
}

const nest: fc.Arbitrary<Nest<Bit>> = fc.letrec<{ nest: Nest<Bit> }>((tie) => ({
  nest: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant('bit' as const), n: fc.nat({ max: 5 }) }),
    fc.record({ kind: fc.constantFrom(...GROUP_KINDS), rules: fc.array(tie('nest')) }),
  ),
})).nest

test.each([
  ['all', true],
  ['any', false],
  ['none', true],
] as const)('[CN1] an empty %s is %s', (kind, expected) => {
  expect(holds({ kind, rules: [] }, () => true)).toBe(expected)
  expect(decided({ kind, rules: [] }, () => null)).toBe(expected)
})

test('[CN1] what is decided without knowing everything is what everything says', () => {
  const bits = fc.array(fc.constantFrom(true, false, null), { minLength: 6, maxLength: 6 })
  fc.assert(
    fc.property(nest, bits, fc.array(fc.boolean(), { minLength: 6 }), (asked, known, rest) => {
      const early = decided(asked, ({ n }) => known[n] ?? null)
      const late = holds(asked, ({ n }) => known[n] ?? rest[n] ?? false)
      if (early !== null) expect(late).toBe(early)
      expect(decided(asked, ({ n }) => rest[n] ?? false)).toBe(
        holds(asked, ({ n }) => rest[n] ?? false),
      )
    }),
  )
})

test('[CN1] a nest keeps its shape when its leaves are replaced', () => {
  fc.assert(
    fc.property(nest, (asked) => {
      const more = replaceLeaves<Bit, Bit>(asked, ({ n }) => ({ kind: 'bit', n: n + 1 }))
      expect(leavesOf(more).map(({ n }) => n - 1)).toEqual(leavesOf(asked).map(({ n }) => n))
    }),
  )
})
