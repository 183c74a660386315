import { expect, test } from 'vitest'
import { kindsNamed } from '../testing/compiled-line.ts'
import type { FunnelExclusion, FunnelQuestion } from './funnel.ts'
import { planFunnel } from './funnel-plan.ts'

// SPEC.md [FN19].

const plan = (steps: FunnelQuestion['steps'], exclusion: Partial<FunnelExclusion>) =>
  planFunnel(
    { kind: 'funnel', steps, exclusions: [{ after: 1, before: 2, ...exclusion }] },
    {
      kinds: kindsNamed('view', 'cart', 'buy'),
      touchpointRule: () => null,
      period: null,
      nowMs: 0,
      customers: null,
    },
  )
const where = [{ kind: 'property', property: 'size', op: 'eq', value: 'L' }] as const

test.each<[string, FunnelQuestion['steps'], Partial<FunnelExclusion>]>([
  ['the first step', ['view', 'buy'], { event: 'view' }],
  ['the last step', ['view', 'buy'], { event: 'buy' }],
  ['some of its values', ['view', 'buy'], { event: 'view', where }],
  ['both steps', ['view', 'buy'], { event: ['view', 'buy'] }],
  ['whatever, where a step is any event', ['view', null], { event: 'cart' }],
])('[FN19] an exclusion of %s is refused', (_name, steps, exclusion) => {
  expect(plan(steps, exclusion)).toMatchObject({ place: 'exclusions[0].event' })
})

test.each<[string, FunnelQuestion['steps'], Partial<FunnelExclusion>]>([
  ['another event', ['view', 'buy'], { event: 'cart' }],
  ['another event too', ['view', 'buy'], { event: ['view', 'cart'] }],
  ['any event', ['view', 'buy'], { event: null }],
  ['a step with conditions', [{ event: 'view', where }, 'buy'], { event: 'view' }],
])('[FN19] an exclusion of %s acts', (_name, steps, exclusion) => {
  expect(plan(steps, exclusion)).not.toHaveProperty('place')
})
