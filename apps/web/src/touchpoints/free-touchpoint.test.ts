import { type JourneyMap, PLAIN_STEP } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { freedOf, standsOn, stepsOnlyOf } from './free-touchpoint.ts'

const step = (id: string, ...touchpointIds: string[]) => ({
  id,
  name: id.toUpperCase(),
  touchpointIds,
  ...PLAIN_STEP,
  optional: false,
  momentOfTruth: false,
  believedEmotion: null,
})

const map: JourneyMap = {
  id: 'm',
  name: 'Map',
  version: 1,
  windowDays: 14,
  goal: { touchpointId: 'pay', valued: true },
  stages: [
    { id: 's', kind: 'own', name: 'S', steps: [step('a', 'cart', 'pay'), step('b', 'pay')] },
    { id: 'e', kind: 'own', name: 'E', steps: [] },
  ],
}

test('[UI72] a touchpoint is freed: steps keep their others, its own step stays unmeasured, its goal goes', () => {
  expect([standsOn(map, 'pay'), standsOn(map, 'mail')]).toEqual([true, false])
  expect(stepsOnlyOf(map, 'pay')).toEqual(['B'])
  const freed = freedOf(map, 'pay')
  expect(freed.goal).toBeNull()
  expect(freed.stages[0]?.steps).toEqual([step('a', 'cart'), step('b')])
  expect(standsOn(freed, 'pay')).toBe(false)
  expect(freedOf(map, 'mail')).toEqual(map)
})
