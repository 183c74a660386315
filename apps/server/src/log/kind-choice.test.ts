import { expect, test } from 'vitest'
import {
  chosenKind,
  MAX_CHANNELED_KINDS,
  MAX_FINE_KINDS,
  MAX_NAMED_KINDS,
  MAX_PATHS_A_NAME,
  prunedInto,
  type KindName,
} from './kind-choice.ts'

const view: KindName = { type: 'page', name: 'page_view', channel: 'web', path: '/p/7' }
const bought: KindName = { type: 'track', name: 'bought-7', channel: 'web', path: '' }
const anyPath = { ...view, path: '*', coarse: true, coarseName: false }
const anyView = {
  type: 'page',
  name: '* ',
  channel: 'web',
  path: '*',
  coarse: true,
  coarseName: true,
}
const anyTrack = { ...anyView, type: 'track' }

test.each([
  ['room for all', view, 0, 0, { ...view, coarse: false, coarseName: false }],
  ['too many paths of the name', view, 0, MAX_PATHS_A_NAME, anyPath],
  ['too many kinds for paths', view, MAX_FINE_KINDS, 0, anyPath],
  ['not for names', bought, MAX_FINE_KINDS, 0, { ...bought, coarse: false, coarseName: false }],
  ['too many kinds for names', bought, MAX_NAMED_KINDS, 0, anyTrack],
  ['nor with a path', view, MAX_NAMED_KINDS, 0, anyView],
  ['too many kinds for channels', bought, MAX_CHANNELED_KINDS, 0, { ...anyTrack, channel: '*' }],
] as const)(
  '[LO8] a kind is as fine as there is room: %s',
  (_what, name, size, paths, expected) => {
    const empty = { size, pathsOf: () => paths, codeOf: () => null }
    expect(chosenKind(empty, name)).toEqual(expected)
  },
)

test('[LO8] what stands already is taken, the finest first, however full the vocabulary is', () => {
  const holding = (...held: readonly KindName[]) => ({
    size: MAX_CHANNELED_KINDS,
    pathsOf: () => 0,
    codeOf: (name: KindName) => {
      const at = held.findIndex(
        (one) => one.name === name.name && one.channel === name.channel && one.path === name.path,
      )
      return at === -1 ? null : at + 1
    },
  })
  expect(chosenKind(holding(view, anyPath), view)).toBe(1)
  expect(chosenKind(holding({ ...view, path: '/p/8' }, anyPath), view)).toBe(2)
  expect(chosenKind(holding(bought, { ...anyTrack, type: 'track' }), view)).toBe(2)
})

test('[LO9] what is pruned goes one step coarser', () => {
  const kind = { code: 1, coarse: false, ...view }
  expect(prunedInto(kind)).toEqual(anyPath)
  expect(prunedInto({ ...kind, ...anyPath })).toEqual(anyView)
  expect(prunedInto({ code: 1, coarse: false, ...bought })).toEqual(anyTrack)
  expect(prunedInto({ code: 1, ...anyTrack, type: 'track' })).toEqual({ ...anyTrack, channel: '*' })
  expect(prunedInto({ code: 1, ...anyTrack, type: 'track', channel: '*' })).toBeNull()
})
