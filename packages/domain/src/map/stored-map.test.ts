import { expect, test } from 'vitest'
import type { JourneyMap } from './journey-map.ts'
import { MAP_FORMAT, readStoredMap, type StoredMap } from './stored-map.ts'

const step = {
  id: 'a',
  name: 'A',
  touchpointIds: ['t'],
  optional: true,
  momentOfTruth: false,
  believedEmotion: 1,
}
const head = { id: 'm', name: 'M', goal: null, windowDays: 30, version: 3 }
const before: StoredMap = {
  ...head,
  stages: [{ id: 's', kind: 'own', name: 'S', steps: [step] }],
}

test('[MP6] format 1 had plain steps only', () => {
  expect(readStoredMap(1, before).stages[0]?.steps).toEqual([
    { ...step, alternativeGroup: null, loopsTo: [], repeatable: false, detailMapId: null },
  ])
})

test('[MP6] today’s format is read as it is, a later one is refused', () => {
  const today: JourneyMap = {
    ...head,
    stages: [
      {
        id: 's',
        kind: 'own',
        name: 'S',
        steps: [
          { ...step, alternativeGroup: 'g', loopsTo: ['b'], repeatable: true, detailMapId: 'n' },
        ],
      },
    ],
  }
  expect(readStoredMap(MAP_FORMAT, today)).toEqual(today)
  expect(() => readStoredMap(MAP_FORMAT + 1, today)).toThrow(/format 3/)
})
