import { expect, test } from 'vitest'
import { customersSearch } from '../shell/searches.ts'
import { segmentOf, segmentText, simpleConditions } from './segment-search.ts'

test('[UI23] the address of a list carries the segment, and the server is asked for it', () => {
  const segment = [{ kind: 'property', property: 'device', op: 'eq', value: 'ios' }] as const
  expect(customersSearch({ stepId: 'pay', segment }).segment).toEqual(segment)
  expect(
    customersSearch({ segment: [{ kind: 'property', property: 'device' }] }).segment,
  ).toBeUndefined()
  const former = [{ property: 'device', op: 'eq', value: 'ios' }]
  expect(customersSearch({ segment: former }).segment).toEqual(segment)
  const rule = segmentOf(segment)
  expect(rule).toEqual({
    kind: 'all',
    rules: [
      {
        kind: 'did',
        event: segment[0],
        times: { op: 'gte', value: 1 },
        window: { kind: 'question' },
      },
    ],
  })
  expect(simpleConditions(rule)).toEqual(segment)
  expect(segmentText(segment)).toBe(JSON.stringify(rule))
  expect([segmentText(undefined), segmentText([])]).toEqual([undefined, undefined])
})
