import { expect, test } from 'vitest'
import { customersSearch } from '../shell/searches.ts'
import { segmentText } from './segment-search.ts'

test('[UI23] the address of a list carries the segment, and the server is asked for it', () => {
  const segment = [{ kind: 'property', property: 'device', op: 'eq', value: 'ios' }] as const
  expect(customersSearch({ stepId: 'pay', segment }).segment).toEqual(segment)
  expect(
    customersSearch({ segment: [{ kind: 'property', property: 'device' }] }).segment,
  ).toBeUndefined()
  const former = [{ property: 'device', op: 'eq', value: 'ios' }]
  expect(customersSearch({ segment: former }).segment).toEqual(segment)
  expect(segmentText(segment)).toBe(
    '{"kind":"all","rules":[{"kind":"property","property":"device","op":"eq","value":"ios"}]}',
  )
  expect([segmentText(undefined), segmentText([])]).toEqual([undefined, undefined])
})
