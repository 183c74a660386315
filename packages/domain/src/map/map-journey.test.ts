import { expect, test } from 'vitest'
import { applyEdit } from './apply-edit.ts'
import { type JourneyMap, mapPositions, measurable, PLAIN_STEP, type Step } from './journey-map.ts'
import { SMALL_DOCUMENT } from './map-document.fixture.ts'
import { mapDifference } from './map-difference.ts'
import { documentOf, journeyOf } from './map-journey.ts'

const step = (id: string, change: Partial<Step> = {}): Step => ({
  ...PLAIN_STEP,
  id,
  name: id,
  touchpointIds: [`t-${id}`],
  optional: false,
  momentOfTruth: false,
  believedEmotion: null,
  ...change,
})

const journey: JourneyMap = {
  id: 'm',
  name: 'Shop',
  version: 7,
  goal: { touchpointId: 't-paid', valued: true },
  windowDays: 14,
  stages: [
    { id: 's1', kind: 'own', name: 'Look', steps: [step('see', { repeatable: true })] },
    { id: 's2', kind: 'own', name: 'Nothing yet', steps: [] },
    {
      id: 's3',
      kind: 'purchase',
      name: 'Buy',
      steps: [
        step('card', { alternativeGroup: 'how', detailMapId: 'other' }),
        step('cash', { alternativeGroup: 'how', touchpointIds: [] }),
        step('paid', { loopsTo: ['see'], optional: true, momentOfTruth: true, believedEmotion: 2 }),
      ],
    },
  ],
}

test('[MD9] a journey is kept in a document and read from it as it was', () => {
  expect(journeyOf(documentOf(journey), 'm', 7)).toEqual(journey)
})

test('[MD9] a journey put into a document leaves what it does not speak of', () => {
  const now = journeyOf(SMALL_DOCUMENT, 'm', 1)
  expect(journeyOf(documentOf(now, SMALL_DOCUMENT), 'm', 1)).toEqual(now)
  const without = {
    ...now,
    stages: now.stages.map((stage) => ({
      ...stage,
      steps: stage.steps.filter(({ id }) => id !== 'pay'),
    })),
  }
  const changes = mapDifference(SMALL_DOCUMENT, documentOf(without, SMALL_DOCUMENT))
  const applied = applyEdit(SMALL_DOCUMENT, { changes, careful: false })
  if (!applied.ok) throw new Error(applied.code)
  expect(Object.keys(applied.document.cards)).toEqual(['c1', 'inbox'])
  expect(applied.document.lanes).toEqual(SMALL_DOCUMENT.lanes)
  expect(Object.keys(applied.document.steps)).toEqual(['see', 'cart'])
})

test('[MD9] loops that no longer lead back are not read', () => {
  const document = documentOf({
    ...journey,
    stages: [{ id: 's', kind: 'own', name: 'S', steps: [step('a', { loopsTo: ['gone', 'a'] })] }],
  })
  expect(journeyOf(document, 'm', 1).stages[0]?.steps[0]?.loopsTo).toEqual([])
})

test('[MD3] a row with the id of something that every object has is a row like others', () => {
  const odd = {
    ...journey,
    goal: null,
    stages: [{ id: 'constructor', kind: 'own' as const, name: 'S', steps: [step('toString')] }],
  }
  expect(journeyOf(documentOf(odd), 'm', 7)).toEqual(odd)
})

test('[MP9] what is measured leaves out steps without a touchpoint; alternatives stay side by side', () => {
  const how = { alternativeGroup: 'how' }
  const steps = [step('a', how), step('b', { ...how, touchpointIds: [] }), step('c', how)]
  const drawn: JourneyMap = { ...journey, stages: [{ id: 's', kind: 'own', name: 'S', steps }] }
  expect(journeyOf(documentOf(drawn), 'm', 7)).toEqual(drawn)
  const measured = measurable(drawn)
  expect(measured.stages[0]?.steps.map(({ id }) => id)).toEqual(['a', 'c'])
  expect(mapPositions(measured)).toEqual([0, 0])
})
