import { expect, test } from 'vitest'
import { mapShown } from './last-map.ts'

const maps = ['a', 'b', 'c'].map((id) => ({ id, version: 1 }))

test.each([
  ['c', 'b', 'c'],
  [undefined, 'b', 'b'],
  ['gone', 'b', 'b'],
  [undefined, 'gone', 'a'],
  [undefined, null, 'a'],
])('[UI36] asked for %s, last looked at %s: %s is shown', (named, last, shown) => {
  expect(mapShown(maps, named, last)?.id).toBe(shown)
})

test('[UI36] where there is no map there is none to show', () => {
  expect(mapShown([], 'a', 'a')).toBeUndefined()
  expect(mapShown(undefined, 'a', null)).toBeUndefined()
})
