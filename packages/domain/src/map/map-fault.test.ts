import { expect, test } from 'vitest'
import { type JourneyMap, PLAIN_STEP, type Stage, type Step } from './journey-map.ts'
import { mapFaults } from './map-fault.ts'

// SPEC.md, "Maps": [MP1] which maps are refused.

const known = new Set(['cart', 'order'])
const step = (id: string, ...touchpointIds: readonly string[]): Step => ({
  id,
  name: id,
  touchpointIds,
  ...PLAIN_STEP,
  optional: false,
  momentOfTruth: false,
  believedEmotion: null,
})
const stage = (id: string, ...steps: readonly Step[]): Stage => ({
  id,
  kind: 'own',
  name: id,
  steps,
})
const map = (stages: readonly Stage[], goal: JourneyMap['goal'] = null) => ({ stages, goal })

test.each<[string, Pick<JourneyMap, 'stages' | 'goal'>, readonly string[]]>([
  [
    'good',
    map([stage('s', step('a', 'cart'), step('b', 'order'))], {
      touchpointId: 'order',
      valued: true,
    }),
    [],
  ],
  [
    'a stage without a step, a step without a touchpoint',
    map([stage('s'), stage('t', step('a'))]),
    [],
  ],
  [
    'unknown touchpoint',
    map([stage('s', step('a', 'cart', 'x'))]),
    ['map.stages[0].steps[0].touchpointIds[1]'],
  ],
  [
    'unknown goal',
    map([stage('s', step('a', 'cart'))], { touchpointId: 'y', valued: false }),
    ['map.goal.touchpointId'],
  ],
  [
    'a step id twice',
    map([stage('s', step('a', 'cart')), stage('t', step('a', 'order'))]),
    ['map.stages[1].steps[0].id'],
  ],
  [
    'a stage id twice',
    map([stage('s', step('a', 'cart')), stage('s', step('b', 'order'))]),
    ['map.stages[1].id'],
  ],
  [
    'too many steps',
    map([stage('s', ...Array.from({ length: 121 }, (_, i) => step(`${i}`, 'cart')))]),
    ['map.stages'],
  ],
])('[MP1] %s', (_name, asked, places) => {
  expect(
    mapFaults(asked, known, { ownId: null, detailsOf: new Map() }).map((fault) => fault.place),
  ).toEqual(places)
})
