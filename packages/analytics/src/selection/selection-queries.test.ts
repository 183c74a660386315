import type { EventKind } from '@parcurs/domain'
import { expect, test } from 'vitest'
import type { Reading } from '../journey/reading.ts'
import type { Selection } from './selection.ts'
import { selectionQueries } from './selection-queries.ts'

const reading: Reading = {
  workspace: 7,
  fold: 2,
  mark: 5n,
  upTo: 9n,
  beyond: 'none',
  owned: false,
  removals: [],
  contested: false,
  browserSources: [],
  keyKinds: 0,
  currency: 'EUR',
}
const kinds: readonly EventKind[] = [
  { code: 1, type: 'track', name: 'a', channel: 'web', path: '', coarse: false },
]
const selection: Selection = {
  code: { as: 'mask', bits: [{ rule: { kind: 'event', names: ['a'] }, also: [] }] },
  where: [],
  unit: null,
  period: null,
  keep: 'matched',
  customers: null,
  columns: [],
  trait: null,
}
const price = { kind: 'property', property: 'price', op: 'set', value: '' } as const

test.each<readonly [string, Partial<Reading>, Partial<Selection>, number, number]>([
  ['journeys answer', {}, {}, 2, 2],
  ['some are touched', { beyond: 'some' }, {}, 2, 2],
  ['one thread', {}, {}, 1, 1],
  ['nothing is folded', { beyond: 'all' }, {}, 2, 1],
  ['properties decide', {}, { code: { as: 'mask', bits: [{ rule: price, also: [] }] } }, 2, 1],
  ['values are counted', {}, { unit: 'account' }, 2, 1],
  ['events are narrowed', {}, { where: [price] }, 2, 1],
])('[CN4] %s', (_, read, asked, threads, queries) => {
  const context = { reading: { ...reading, ...read }, kinds, threads }
  const found = selectionQueries(context, { ...selection, ...asked })
  expect(found).toHaveLength(queries)
  const halves = found.map(({ params }) => Object.values(params).filter((p) => p === 2n ** 63n))
  // The second half begins there.
  expect(halves.map(({ length }) => length)).toEqual(queries === 1 ? [0] : [0, expect.anything()])
})
