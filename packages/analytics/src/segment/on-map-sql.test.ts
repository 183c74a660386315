import type { OnMapLeaf, SegmentMap } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { segmentReading, written } from '../testing/segment-text.ts'
import { onMapCustomers } from './on-map-sql.ts'

const map: SegmentMap = {
  steps: [
    { id: 'look', rule: { kind: 'event', names: ['View'] }, optional: false, goal: false },
    { id: 'buy', rule: { kind: 'event', names: ['Order'] }, optional: true, goal: true },
  ],
  goal: { kind: 'event', names: ['Order'] },
  valued: true,
  windowMs: 1000,
}
const at = { ...segmentReading, scope: { ...segmentReading.scope, map: () => map } }
const leaf: OnMapLeaf = {
  kind: 'on-map',
  map: 'm',
  step: 'look',
  version: 1,
  state: 'at',
  window: { kind: 'ever' },
}
const state = (asked: Partial<OnMapLeaf>, of = map) => {
  const drawn = { ...at, scope: { ...at.scope, map: () => of } }
  const { text, params } = written(onMapCustomers(drawn, { ...leaf, ...asked }))
  return { text: text.slice(text.indexOf('WHERE past > 0) WHERE') + 22), params, whole: text }
}

test.each<[OnMapLeaf['state'], string]>([
  ['at', 'last_step = {p15:UInt32}'],
  ['passed', 'has(past_steps, {p15:UInt32})'],
  ['left', 'last_step = {p15:UInt32} AND has_left'],
  ['in-progress', 'last_step = {p15:UInt32} AND NOT goes_on AND NOT over'],
  ['reached-goal', 'completed'],
  ['skipped', '(completed OR has_left) AND has(skipped, {p15:UInt32})'],
  [
    'conforms',
    '(completed OR has_left) AND empty(skipped) AND arrayDistinct(past_steps) = arraySort(arrayDistinct(past_steps))',
  ],
])('[SQ1] who is %s on a map', (asked, text) => {
  expect(state({ state: asked }).text).toBe(text)
})

test('[SQ1] a step is known by its place, an event of a step and of the goal by both', () => {
  const { params } = state({})
  // A view is step 1; an order is step 2, and the goal (128).
  expect(params).toContainEqual([1, 130])
  expect(params.at(-1)).toBe(1)
  // Steps of the goal, and those that may not be skipped.
  expect(params[2]).toEqual([2])
  expect(params[6]).toEqual([1])
})

test('[SQ1] a refund is no goal where the goal has a value', () => {
  expect(state({}).whole).toContain('AND value >= 0 AND visit_places')
  expect(state({}, { ...map, valued: false }).whole).not.toContain('value >= 0')
})

test('[SQ1] nobody is on a map that is gone', () => {
  expect(written(onMapCustomers(segmentReading, leaf)).text).toBe(
    'SELECT toUInt64(0) AS customer WHERE false',
  )
})
