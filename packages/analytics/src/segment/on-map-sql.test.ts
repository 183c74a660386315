import type { OnMapLeaf, SegmentMap } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { segmentReading, written } from '../testing/segment-text.ts'
import { onMapCustomers } from './on-map-sql.ts'

const map: SegmentMap = {
  steps: [
    {
      id: 'look',
      rule: { kind: 'event', names: ['View'] },
      optional: false,
      goal: false,
      position: 0,
      loops: [],
      repeatable: false,
    },
    {
      id: 'buy',
      rule: { kind: 'event', names: ['Order'] },
      optional: true,
      goal: true,
      position: 1,
      loops: [],
      repeatable: false,
    },
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
  ['at', 'last_step = {p16:UInt32}'],
  ['passed', 'has(past_steps, {p16:UInt32})'],
  ['left', 'last_step = {p16:UInt32} AND has_left'],
  ['in-progress', 'last_step = {p16:UInt32} AND NOT goes_on AND NOT over'],
  ['reached-goal', 'completed'],
  ['skipped', '(completed OR has_left) AND has(skipped, {p16:UInt32})'],
  [
    'conforms',
    '(completed OR has_left) AND empty(skipped) AND arrayDistinct(past_places) = arraySort(arrayDistinct(past_places))',
  ],
])('[SQ1] who is %s on a map', (asked, text) => {
  expect(state({ state: asked }).text).toBe(text)
})

test('[SQ1] a step is known by its place, an event of a step and of the goal by both', () => {
  const { params } = state({})
  // A view is step 1; an order is step 2, and the goal (128).
  expect(params).toContainEqual([1, 130])
  expect(params.at(-1)).toBe(1)
  // Steps of the goal, positions, and those of them that may not be skipped.
  expect(params[2]).toEqual([2])
  expect(params[6]).toEqual([1, 2])
  expect(params[7]).toEqual([1])
})

test('[SQ1] a refund is no goal where the goal has a value', () => {
  expect(state({}).whole).toContain('AND value >= 0 AND visit_places')
  expect(state({}, { ...map, valued: false }).whole).not.toContain('value >= 0')
})

test('[SQ1] loops and repeatable steps are asked for where a map has them', () => {
  const [look, buy] = map.steps
  if (look === undefined || buy === undefined) throw new Error('no steps')
  const plain = state({ state: 'went-back' }).text
  expect(plain).not.toContain('AND NOT')
  const drawn = {
    ...map,
    steps: [
      { ...look, repeatable: true },
      { ...buy, loops: [0] },
    ],
  }
  const back = state({ state: 'went-back' }, drawn)
  // From step 2 to position 1: 2 × 128 + 1.
  expect(back.params).toContainEqual([257])
  expect(back.text.match(/AND NOT/g)).toHaveLength(2)
  expect(state({ state: 'conforms' }, drawn).text).toContain('arrayAll(')
})

test('[SQ1] nobody is on a map that is gone', () => {
  expect(written(onMapCustomers(segmentReading, leaf)).text).toBe(
    'SELECT toUInt64(0) AS customer WHERE false',
  )
})
