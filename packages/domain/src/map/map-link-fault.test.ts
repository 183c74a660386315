import { expect, test } from 'vitest'
import { PLAIN_STEP, type Stage, type Step } from './journey-map.ts'
import { type LinkedMaps, linkFaults } from './map-link-fault.ts'

const step = (id: string, change: Partial<Step> = {}): Step => ({
  ...PLAIN_STEP,
  id,
  name: id,
  touchpointIds: ['t'],
  optional: false,
  momentOfTruth: false,
  believedEmotion: null,
  ...change,
})
const of = (group: string): Partial<Step> => ({ alternativeGroup: group })
const back = (...loopsTo: readonly string[]): Partial<Step> => ({ loopsTo })
const told = (detailMapId: string): Partial<Step> => ({ detailMapId })
const map = (...stages: readonly (readonly Step[])[]) => ({
  stages: stages.map((steps, i): Stage => ({ id: `${i}`, kind: 'own', name: `${i}`, steps })),
})

/** `shop` is the map at hand; `pay` leads to `bank`, and `odd` by `round` back to the shop. */
const linked: LinkedMaps = {
  ownId: 'shop',
  detailsOf: new Map([
    ['shop', []],
    ['pay', ['bank']],
    ['bank', []],
    ['odd', ['round']],
    ['round', ['odd', 'shop']],
  ]),
}

test.each<[string, ReturnType<typeof map>, readonly (readonly [string, string])[]]>([
  [
    'alternatives side by side',
    map([step('a'), step('b', of('g')), step('c', of('g'))], [step('d', back('a', 'c'))]),
    [],
  ],
  ['one alone', map([step('a', of('g')), step('b')]), []],
  [
    'alternatives with another step between them',
    map([step('a', of('g')), step('b'), step('c', of('g'))]),
    [['alternatives-apart', 'map.stages[0].steps[2].alternativeGroup']],
  ],
  [
    'alternatives in two stages, and with those of another group between them',
    map([step('a', of('g'))], [step('b', of('g')), step('c', of('h')), step('d', of('g'))]),
    [
      ['alternatives-apart', 'map.stages[1].steps[0].alternativeGroup'],
      ['alternatives-apart', 'map.stages[1].steps[2].alternativeGroup'],
    ],
  ],
  [
    'a loop to a step that is not there',
    map([step('a')], [step('b', back('a', 'x'))]),
    [['loop-unknown', 'map.stages[1].steps[0].loopsTo[1]']],
  ],
  [
    'loops to itself, to an alternative and to a later step',
    map([step('a', back('a')), step('b', { ...of('g'), ...back('c') }), step('c', of('g'))]),
    [
      ['loop-ahead', 'map.stages[0].steps[0].loopsTo[0]'],
      ['loop-ahead', 'map.stages[0].steps[1].loopsTo[0]'],
    ],
  ],
  ['a detailed map', map([step('a', told('pay')), step('b', told('pay'))]), []],
  [
    'a detailed map that is not there',
    map([step('a', told('theirs'))]),
    [['detail-unknown', 'map.stages[0].steps[0].detailMapId']],
  ],
  [
    'itself as a detailed map',
    map([step('a', told('shop'))]),
    [['detail-circle', 'map.stages[0].steps[0].detailMapId']],
  ],
  [
    'a detailed map that leads back over others',
    map([step('a', told('odd'))]),
    [['detail-circle', 'map.stages[0].steps[0].detailMapId']],
  ],
])('[MP8] %s', (_what, asked, faults) => {
  expect(linkFaults(asked, linked).map(({ code, place }) => [code, place])).toEqual(faults)
})

test('[MP8] at most 12 detailed maps; to a new map nothing leads back', () => {
  const ids = Array.from({ length: 13 }, (_, i) => `m${i}`)
  const many: LinkedMaps = { ownId: null, detailsOf: new Map(ids.map((id) => [id, ['x']])) }
  const links = (count: number) => map(ids.slice(0, count).map((id) => step(id, told(id))))
  expect(linkFaults(links(12), many)).toEqual([])
  expect(linkFaults(links(13), many)).toEqual([
    {
      code: 'too-many-details',
      place: 'map.stages',
      value: '13 detailed maps',
      expected: 'at most 12 detailed maps',
    },
  ])
})
