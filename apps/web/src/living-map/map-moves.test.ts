import type { JourneyMap, Step } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { fixtureAnswer, fixtureMap, fixtureTouchpoints } from './living-map.fixture.ts'
import { columnPlaces, stageColumns } from './map-columns.ts'
import { movesOf } from './map-moves.ts'

/** The shop's map, with some of its steps changed. */
function drawn(change: Readonly<Record<string, Partial<Step>>>): JourneyMap {
  return {
    ...fixtureMap,
    stages: fixtureMap.stages.map((stage) => ({
      ...stage,
      steps: stage.steps.map((step) => ({ ...step, ...change[step.name] })),
    })),
  }
}

function shown(map: JourneyMap) {
  const { measured, compared, nowMs } = fixtureAnswer
  const asked = { map, touchpoints: fixtureTouchpoints, measured, compared, nowMs }
  const columns = stageColumns(asked, false).flatMap((stage) => stage.columns)
  const at = (name: string) => columns.findIndex((column) => column.name === name)
  return { columns, at, moves: movesOf(map, measured.transitions, columns) }
}

const names = fixtureMap.stages[2]?.steps.map(({ name }) => name) ?? []

test('[UI80] alternatives share a place, and what follows moves up', () => {
  const [first = '', second = ''] = names
  const group = { alternativeGroup: 'g' }
  const plain = shown(fixtureMap)
  const { columns, at } = shown(drawn({ [first]: group, [second]: group }))
  expect(columns).toHaveLength(plain.columns.length)
  expect(columns[at(second)]?.place).toBe(columns[at(first)]?.place)
  expect(columns.filter(({ alternative }) => alternative).map(({ name }) => name)).toEqual([
    first,
    second,
  ])
  expect(columns.at(-1)?.place).toBe((plain.columns.at(-1)?.place ?? 0) - 1)
  expect(columnPlaces(columns)[columns[at(first)]?.place ?? 0]?.map(({ at: n }) => n)).toEqual([
    at(first),
    at(second),
  ])
})

test('[UI80] a drawn loop is an arc of its own, also before anybody walked it', () => {
  const [first = '', second = '', third = ''] = names
  const idOf = (name: string) =>
    fixtureMap.stages.flatMap(({ steps }) => steps).find((step) => step.name === name)?.id ?? ''
  const { moves, at } = shown(drawn({ [third]: { loopsTo: [idOf(first), idOf(second)] } }))
  const loops = moves.filter(({ kind }) => kind === 'loop')
  expect(loops.map(({ from, to }) => [from, to])).toEqual([
    [at(third), at(first)],
    [at(third), at(second)],
  ])
  const walked = shown(fixtureMap).moves
  for (const { from, to, customers } of loops) {
    const counted = walked.find((move) => move.from === from && move.to === to)
    expect(customers).toBe(counted?.customers ?? 0)
  }
})
