import { expect, test } from 'vitest'
import { PLAIN_STEP } from './journey-map.ts'
import { SMALL_DOCUMENT } from './map-document.fixture.ts'
import { documentOf } from './map-journey.ts'
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
const stage = { id: 's', kind: 'own', name: 'S' } as const
const before: StoredMap = { ...head, stages: [{ ...stage, steps: [step] }] }

test('[MP6] format 1 had plain steps only', () => {
  const today = documentOf({ ...head, stages: [{ ...stage, steps: [{ ...step, ...PLAIN_STEP }] }] })
  expect(readStoredMap(1, before)).toEqual(today)
})

test('[MP6] format 2 was stages and steps in each other', () => {
  const said = { alternativeGroup: 'g', loopsTo: ['b'], repeatable: true, detailMapId: 'n' }
  const map = { ...head, stages: [{ ...stage, steps: [{ ...step, ...said }] }] }
  expect(readStoredMap(2, map)).toEqual(documentOf(map))
})

test('[MP6] today’s format is read as it is, with what came to it since; a later one is refused', () => {
  expect(readStoredMap(MAP_FORMAT, SMALL_DOCUMENT)).toEqual(SMALL_DOCUMENT)
  const { replies: _later, ...earlier } = SMALL_DOCUMENT
  const { evidence: _field, ...card } = SMALL_DOCUMENT.cards['inbox'] ?? {}
  const stored = JSON.parse(JSON.stringify({ ...earlier, cards: { inbox: card } })) as StoredMap
  expect(readStoredMap(MAP_FORMAT, stored)).toEqual({
    ...SMALL_DOCUMENT,
    cards: { inbox: SMALL_DOCUMENT.cards['inbox'] },
    replies: {},
  })
  expect(() => readStoredMap(MAP_FORMAT + 1, SMALL_DOCUMENT)).toThrow(/format 4/)
})
