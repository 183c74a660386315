import { expect, test } from 'vitest'
import { customersSearch } from '../shell/searches.ts'
import { segmentText } from './segment-search.ts'

test('[UI23] the address of a list carries the segment, and the server is asked for it', () => {
  const segment = [{ property: 'device', op: 'eq', value: 'ios' }] as const
  expect(customersSearch({ stepId: 'pay', segment }).segment).toEqual(segment)
  expect(customersSearch({ segment: [{ property: 'device' }] }).segment).toBeUndefined()
  expect(segmentText(segment)).toBe(
    '{"conditions":[{"property":"device","op":"eq","value":"ios"}]}',
  )
  expect([segmentText(undefined), segmentText([])]).toEqual([undefined, undefined])
})
