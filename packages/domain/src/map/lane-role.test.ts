import { expect, test } from 'vitest'
import { type BlueprintLine, blueprintLines, type LaneRole } from './lane-role.ts'

test.each<[string, readonly LaneRole[], readonly (BlueprintLine | null)[]]>([
  [
    'a whole blueprint',
    ['actions', 'frontstage', 'backstage', 'systems'],
    [null, 'interaction', 'visibility', 'internal-interaction'],
  ],
  [
    'what is beside it is passed over',
    ['emotion', 'actions', 'pains', 'frontstage'],
    [null, null, null, 'interaction'],
  ],
  [
    'nobody in front: the line of visibility says more',
    ['actions', 'backstage'],
    [null, 'visibility'],
  ],
  [
    'two of one side',
    ['goals', 'actions', 'backstage', 'backstage', 'systems'],
    [null, null, 'visibility', null, 'internal-interaction'],
  ],
  ['nothing of a customer above', ['emotion', 'frontstage'], [null, null]],
  ['no blueprint', ['actions', 'thoughts', 'emotion'], [null, null, null]],
  ['no lane', [], []],
])('[MD8] %s', (_what, roles, lines) => {
  expect(blueprintLines(roles)).toEqual(lines)
})
