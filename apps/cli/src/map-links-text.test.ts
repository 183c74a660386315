import { type JourneyMap, PLAIN_STEP, type Step } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { linkLines, type MeasuredLinks, stepLabel } from './map-links-text.ts'

// SPEC.md: [CT16] what the terminal says of alternatives, loops, repeatable steps and detailed maps.

const step = (name: string, change: Partial<Step> = {}): Step => ({
  ...PLAIN_STEP,
  id: name.toLowerCase(),
  name,
  touchpointIds: ['t'],
  optional: false,
  momentOfTruth: false,
  believedEmotion: null,
  ...change,
})
const steps = [
  step('See', { repeatable: true }),
  step('Card', { alternativeGroup: 'g', detailMapId: 'pay' }),
  step('Cash', { alternativeGroup: 'g', optional: true }),
  step('Paid', { loopsTo: ['see', 'card'] }),
]
const map: JourneyMap = {
  id: 'm',
  name: 'Shop',
  goal: null,
  windowDays: 30,
  version: 1,
  stages: [{ id: 's', kind: 'own', name: 'S', steps }],
}

test('[CT16] a step says what it is', () => {
  expect(steps.map((one, i) => stepLabel(one, steps[i - 1]))).toEqual([
    'See ↻',
    'Card',
    'or (Cash)',
    'Paid',
  ])
})

test('[CT16] loops say how often they were walked, detailed maps who entered and who completed', () => {
  const detail = {
    mapId: 'pay',
    name: 'Pay',
    windowDays: 30,
    entrants: 1200,
    completions: 300,
    settled: 1200,
    settledCompletions: 300,
    completionShare: 0.25,
    firstSettlesMs: null,
  }
  const measured: MeasuredLinks = {
    transitions: [{ from: 'paid', to: 'see', count: 14, customers: 12, medianMs: 1 }],
    steps: [{ stepId: 'card', detail }],
  }
  expect(linkLines(map, measured)).toEqual([
    '',
    '↺ Paid back to See: 12 customers, 14 times',
    '↺ Paid back to Card: nobody yet',
    '⊞ Card in detail: Pay',
    '  1,200 entered · 300 reached the goal so far · completion 25.0 %',
  ])
  expect(linkLines({ ...map, stages: [] }, measured)).toEqual([])
})
