import { expect, test } from 'vitest'
import type { EventKind } from '../event.ts'
import type { MapProposal } from '../map/map-proposal.ts'
import { groupKinds } from './kind-group.ts'
import { type GroupUse, type Precedence, proposeMap } from './propose-map.ts'
import { touchpointsApart } from './touchpoints-apart.ts'

// SPEC.md, "Map from data": [PM7] variants are one step, [PM8] alternatives stand side by side.

/** So many customers with this journey: events with › between them. */
type Log = readonly (readonly [customers: number, journey: string])[]

/** What the store would count of a log. */
function proposalOf(log: Log): MapProposal {
  const journeys = log.map(([many, journey]) => ({ many, events: journey.split(' › ') }))
  const names = [...new Set(journeys.flatMap(({ events }) => events))]
  const kinds = names.map(
    (name, i): EventKind => ({
      code: i + 1,
      type: 'track',
      name,
      channel: 'web',
      path: '',
      coarse: false,
    }),
  )
  const groups = groupKinds(kinds)
  const groupOf = (name: string) => groups.findIndex(({ events }) => events.includes(name))
  const met = journeys.map(({ many, events }) => ({
    many,
    distinct: [...new Set(events.map(groupOf))],
    last: groupOf(events.at(-1) ?? ''),
    all: events.map(groupOf),
  }))
  const uses = groups.map((group, g): GroupUse => {
    const whose = met.filter(({ distinct }) => distinct.includes(g))
    const customers = whose.reduce((sum, { many }) => sum + many, 0)
    const rank = ({ distinct }: (typeof met)[number]) =>
      distinct.indexOf(g) / Math.max(1, distinct.length - 1)
    return {
      group,
      events: whose.reduce(
        (sum, { many, all }) => sum + many * all.filter((n) => n === g).length,
        0,
      ),
      customers,
      position: whose.reduce((sum, one) => sum + one.many * rank(one), 0) / customers,
      endings: whose.reduce((sum, { many, last }) => sum + (last === g ? many : 0), 0),
      valued: 0,
      value: 0,
      channel: 'web',
    }
  })
  const pairs = met.flatMap(({ many, distinct }) =>
    distinct.flatMap((before, i) =>
      distinct.slice(i + 1).map((after): Precedence => ({ before, after, customers: many })),
    ),
  )
  const customers = log.reduce((sum, [many]) => sum + many, 0)
  const proposal = proposeMap(uses, { customers, name: 'Log', precedences: pairs })
  if (proposal === null) throw new Error('expected a map')
  return proposal
}

/** Steps with their touchpoints where there are several; alternatives between bars. */
function drawn(log: Log): readonly string[] {
  const { stages, touchpoints } = proposalOf(log)
  const steps = stages.flatMap((stage) => stage.steps)
  const lines: string[] = []
  steps.forEach((step, i) => {
    const several = step.touchpointIds.map(
      (id) => touchpoints.find((touchpoint) => touchpoint.id === id)?.name,
    )
    const line = several.length > 1 ? `${step.name}: ${several.join(', ')}` : step.name
    const beside =
      step.alternativeGroup !== null && steps[i - 1]?.alternativeGroup === step.alternativeGroup
    if (beside) lines.push(`${lines.pop()} | ${line}`)
    else lines.push(line)
  })
  return lines
}

const HOSPITAL: Log = [
  [600, 'Registration › Triage › CRP › Release A'],
  [55, 'Registration › Triage › CRP › Release B'],
  [25, 'Registration › Triage › CRP › Release C › Return ER'],
  [24, 'Registration › Triage › CRP › Release D'],
  [6, 'Registration › Triage › CRP › Release E'],
  [290, 'Registration › Triage › CRP › Release A › Return ER'],
]

test.each<[string, Log, readonly string[]]>([
  [
    'a hospital',
    HOSPITAL,
    [
      'Registration',
      'Triage',
      'CRP',
      'Release: Release, Release A, Release B, Release C, Release D, Release E',
      'Return ER',
    ],
  ],
  [
    'a test centre with rooms',
    [
      [300, 'booking made › room_1 › result_sent'],
      [200, 'booking made › room_2 › result_sent'],
      [100, 'booking made › room_3 › result_sent'],
    ],
    ['Booking made', 'Room: Room 1, Room 2, Room 3', 'Result sent'],
  ],
  [
    'tariffs of a telephone company, in Russian',
    [
      [300, 'Заявка › Тариф А › Договор'],
      [200, 'Заявка › Тариф Б › Договор'],
    ],
    ['Заявка', 'Тариф: Тариф А, Тариф Б', 'Договор'],
  ],
  [
    'plans of a gym, in Chinese',
    [
      [300, '到店 › 套餐A › 入会'],
      [200, '到店 › 套餐B › 入会'],
    ],
    ['到店', '套餐: 套餐A, 套餐B', '入会'],
  ],
])('[PM7] variants of one step: %s', (_trade, log, steps) => {
  expect(drawn(log)).toEqual(steps)
})

test('[PM7] the goal stands for all variants, and its rule names them', () => {
  const { goal, touchpoints, stages } = proposalOf(HOSPITAL)
  const release = touchpoints.find(({ id }) => id === goal?.touchpointId)
  expect(release).toMatchObject({
    name: 'Release',
    customers: 1000,
    rule: {
      kind: 'event',
      names: ['Release A', 'Release B', 'Release C', 'Release D', 'Release E'],
    },
  })
  const steps = stages.flatMap((stage) => stage.steps)
  // What stands for the others is not added to them.
  const inside = touchpoints.filter(({ name }) => name.startsWith('Release'))
  expect(touchpointsApart(inside)).toEqual([release])
  expect(touchpointsApart(inside.slice(1))).toEqual(inside.slice(1))
  expect(steps.find(({ name }) => name === 'Release')).toMatchObject({
    optional: false,
    momentOfTruth: true,
  })
  const used = new Set(steps.flatMap(({ touchpointIds }) => touchpointIds))
  expect(touchpoints.every(({ id }) => used.has(id))).toBe(true)
})

test.each<[string, Log, readonly string[]]>([
  [
    'lessons that follow each other, though most give up',
    [
      [700, 'enrolled › lesson 1'],
      [200, 'enrolled › lesson 1 › lesson 2'],
      [100, 'enrolled › lesson 1 › lesson 2 › lesson 3'],
    ],
    ['Enrolled', 'Lesson 1', 'Lesson 2', 'Lesson 3'],
  ],
  [
    'levels of support',
    [
      [300, 'ticket opened › level 1 › solved'],
      [100, 'ticket opened › level 1 › level 2 › solved'],
    ],
    ['Ticket opened', 'Level 1', 'Level 2', 'Solved'],
  ],
  [
    'a letter that belongs to the word',
    [
      [300, 'start › schema › end'],
      [300, 'start › schemb › end'],
    ],
    ['Start', 'Schema | Schemb', 'End'],
  ],
])('[PM7] no variants: %s', (_trade, log, steps) => {
  expect(drawn(log)).toEqual(steps)
})

test.each<[string, Log, readonly string[]]>([
  [
    'how a meal is fetched',
    [
      [500, 'menu seen › dish chosen › delivered by bike › rated'],
      [400, 'menu seen › dish chosen › collected at the counter › rated'],
    ],
    ['Menu seen', 'Dish chosen', 'Collected at the counter | Delivered by bike', 'Rated'],
  ],
  [
    'an inspection, by one of three',
    [
      [300, 'Car dropped off › Checked by eye › Repaired'],
      [300, 'Car dropped off › Checked on the ramp › Repaired'],
      [200, 'Car dropped off › Checked by computer › Repaired'],
    ],
    ['Car dropped off', 'Checked by eye | Checked on the ramp | Checked by computer', 'Repaired'],
  ],
  [
    'what has nothing to do with each other is met together now and then',
    [
      [100, 'arrived › newsletter › left a note'],
      [300, 'arrived › newsletter'],
      [300, 'arrived › left a note'],
      [300, 'arrived'],
    ],
    ['Arrived', 'Newsletter', 'Left a note'],
  ],
])('[PM8] alternatives of other names: %s', (_trade, log, steps) => {
  expect(drawn(log)).toEqual(steps)
})

test('[PM8] alternatives that only together are common are not optional', () => {
  const steps = proposalOf([
    [400, 'menu seen › delivered by bike › rated'],
    [350, 'menu seen › collected at the counter › rated'],
    [300, 'menu seen › eaten there › rated'],
  ]).stages.flatMap((stage) => stage.steps)
  expect(steps.map(({ optional }) => optional)).toEqual([false, false, false, false, false])
})

test('[PM8] a few customers prove nothing', () => {
  expect(
    drawn([
      [3, 'a › casually › z'],
      [3, 'a › thoroughly › z'],
    ]),
  ).toEqual(['A', 'Casually', 'Thoroughly', 'Z'])
})
