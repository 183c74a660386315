import type { SegmentRule } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { customersSearch } from '../shell/searches.ts'
import { CONDITION_KINDS, newCondition } from '../sentences/new-condition.ts'
import { isUnreadRule, segmentSearch, segmentText } from './segment-search.ts'

const device: SegmentRule = {
  kind: 'did',
  event: { kind: 'property', property: 'device', op: 'eq', value: 'ios' },
  times: { op: 'gte', value: 1 },
  window: { kind: 'question' },
}

test('[UI23] the address of a list carries the segment, and the server is asked for it', () => {
  expect(customersSearch({ stepId: 'pay', segment: device }).segment).toEqual(device)
  expect(segmentText(device)).toBe(JSON.stringify(device))
  expect(segmentText(undefined)).toBeUndefined()
})

test('[UI12] an address from before rules is read, what is no rule is left out', () => {
  const former = [{ property: 'device', op: 'eq', value: 'ios' }]
  expect(segmentSearch(former)).toEqual({ kind: 'all', rules: [device] })
  for (const wrong of [
    [],
    'all',
    null,
    { kind: 'all', rules: [] },
    { kind: 'trait', trait: 'os', op: 'like', value: 'x' },
    { kind: 'trait', trait: 'os', op: 'eq' },
    { kind: 'did', event: { kind: 'event', names: 'Order' }, times: {}, window: {} },
    { kind: 'all', rules: [{ kind: 'any', rules: [{ kind: 'moon' }] }] },
    { ...device, window: { kind: 'last', n: 0, unit: 'days' } },
  ]) {
    expect(segmentSearch(wrong)).toBeUndefined()
  }
})

test('[UI12] every kind of condition that can be made can be linked to', () => {
  const filled = (rule: SegmentRule): SegmentRule =>
    JSON.parse(
      JSON.stringify(rule)
        .replaceAll('"names":[]', '"names":["Order"]')
        .replaceAll('"trait":""', '"trait":"plan"')
        .replaceAll('"step":null', '"step":"pay"'),
    )
  for (const kind of CONDITION_KINDS) {
    const rule = filled(newCondition(kind))
    expect([kind, segmentSearch(rule)]).toEqual([kind, rule])
  }
})

test('[UI12] what is no rule is told apart from everybody', () => {
  expect(isUnreadRule({ kind: 'moon' })).toBe(true)
  expect(isUnreadRule('customers who')).toBe(true)
  expect(isUnreadRule(undefined)).toBe(false)
  expect(isUnreadRule({ kind: 'all', rules: [] })).toBe(false)
})
