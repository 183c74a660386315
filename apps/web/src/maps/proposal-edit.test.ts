import { type MapProposal, type Step, PLAIN_STEP } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { editProposal } from './proposal-edit.ts'

const step = (id: string): Step => ({
  id,
  name: id,
  touchpointIds: [`tp-${id}`],
  ...PLAIN_STEP,
  optional: false,
  momentOfTruth: false,
  believedEmotion: null,
})

const proposal: MapProposal = {
  name: 'Shop',
  goal: { touchpointId: 'tp-c', valued: true },
  windowDays: 30,
  stages: [
    { id: 's1', kind: 'own', name: 'One', steps: [step('a'), step('b')] },
    { id: 's2', kind: 'own', name: 'Two', steps: [step('c')] },
  ],
  touchpoints: ['a', 'b', 'c'].map((id) => ({
    id: `tp-${id}`,
    name: id,
    channel: 'web',
    ownerTeam: '',
    presence: 'digital',
    rule: { kind: 'event', names: [id] },
    events: 1,
    customers: 1,
  })),
  leftOut: [],
}

const order = (changed: MapProposal) =>
  changed.stages.map((stage) => stage.steps.map(({ id }) => id).join('')).join('|')

test.each([
  ['a', 1, 'ba|c'],
  ['b', 1, 'a|bc'],
  ['c', -1, 'abc|'],
  ['a', -1, 'ab|c'],
  ['c', 1, 'ab|c'],
  ['b', -1, 'ba|c'],
] as const)('[UI16] step %s moved by %s gives %s', (stepId, by, expected) => {
  expect(order(editProposal(proposal, { kind: 'move-step', stepId, by }))).toBe(expected)
})

test('[UI16] a removed step takes its touchpoint and the goal along', () => {
  const changed = editProposal(proposal, { kind: 'remove-step', stepId: 'c' })
  expect(order(changed)).toBe('ab|')
  expect(changed.touchpoints.map(({ id }) => id)).toEqual(['tp-a', 'tp-b'])
  expect(changed.goal).toBeNull()
})

test('[UI16] names, optional, goal and window are changed; a window of no days is not', () => {
  let changed = editProposal(proposal, { kind: 'rename-step', stepId: 'a', name: 'Ad' })
  changed = editProposal(changed, { kind: 'toggle-optional', stepId: 'a' })
  changed = editProposal(changed, { kind: 'goal', touchpointId: 'tp-b' })
  changed = editProposal(changed, { kind: 'valued', valued: false })
  changed = editProposal(changed, { kind: 'window', days: 0 })
  changed = editProposal(changed, { kind: 'window', days: 7 })
  expect(changed.stages[0]?.steps[0]).toMatchObject({ name: 'Ad', optional: true })
  expect(changed).toMatchObject({
    goal: { touchpointId: 'tp-b', valued: false },
    windowDays: 7,
  })
})

test('[MP7] a step that is removed or moved takes no loop or alternative with it that no longer fits', () => {
  const [first, second] = proposal.stages
  if (first === undefined || second === undefined) throw new Error('no stages')
  const linked: MapProposal = {
    ...proposal,
    stages: [
      {
        ...first,
        steps: [
          { ...step('a'), alternativeGroup: 'g' },
          { ...step('b'), alternativeGroup: 'g' },
        ],
      },
      { ...second, steps: [{ ...step('c'), loopsTo: ['a'] }] },
    ],
  }
  const stepsOf = ({ stages }: MapProposal) => stages.flatMap(({ steps }) => steps)
  const without = editProposal(linked, { kind: 'remove-step', stepId: 'a' })
  expect(stepsOf(without).map(({ loopsTo }) => loopsTo)).toEqual([[], []])
  const apart = editProposal(linked, { kind: 'move-step', stepId: 'b', by: 1 })
  expect(stepsOf(apart).map(({ id, alternativeGroup }) => [id, alternativeGroup])).toEqual([
    ['a', 'g'],
    ['b', null],
    ['c', null],
  ])
  expect(stepsOf(apart)[2]?.loopsTo).toEqual(['a'])
})
