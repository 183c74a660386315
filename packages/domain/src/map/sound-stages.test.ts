import { expect, test } from 'vitest'
import { PLAIN_STEP, type Stage, type Step } from './journey-map.ts'
import { soundStages } from './sound-stages.ts'

const step = (id: string, group: string | null = null, ...loopsTo: readonly string[]): Step => ({
  ...PLAIN_STEP,
  id,
  name: id,
  touchpointIds: [id],
  optional: false,
  momentOfTruth: false,
  believedEmotion: null,
  alternativeGroup: group,
  loopsTo,
})
const stages = (...steps: readonly (readonly Step[])[]): readonly Stage[] =>
  steps.map((inside, i) => ({ id: `s${i}`, kind: 'own', name: `S${i}`, steps: inside }))

test.each<[string, readonly Stage[], readonly Stage[]]>([
  [
    'what is sound stays',
    stages([step('a'), step('b', 'g'), step('c', 'g'), step('d', null, 'a', 'b')]),
    stages([step('a'), step('b', 'g'), step('c', 'g'), step('d', null, 'a', 'b')]),
  ],
  ['a loop to a step that is gone', stages([step('d', null, 'a')]), stages([step('d')])],
  [
    'a loop that leads ahead, or to an alternative',
    stages([step('a', 'g', 'b'), step('b', 'g', 'a'), step('c', null, 'b')]),
    stages([step('a', 'g'), step('b', 'g'), step('c', null, 'b')]),
  ],
  [
    'an alternative that was moved away',
    stages([step('a', 'g'), step('x'), step('b', 'g')]),
    stages([step('a', 'g'), step('x'), step('b')]),
  ],
  [
    'an alternative in another stage',
    stages([step('a', 'g')], [step('b', 'g')]),
    stages([step('a', 'g')], [step('b')]),
  ],
])('[MP7] %s', (_what, before, after) => {
  expect(soundStages(before)).toEqual(after)
})
