import { expect, test } from 'vitest'
import { mapSearch } from './map-search.ts'

test('[UI12] an address brings back what was shown', () => {
  const search = {
    map: 'shop',
    period: '2026-01-01..2026-02-01',
    compare: 'year',
    segment: { kind: 'trait', trait: 'persona', op: 'eq', value: 'bargain' },
    zoom: 'line',
    at: 'payment',
    measure: 'money',
  }
  expect(mapSearch(search)).toEqual(search)
})

test('[UI12] what is not understood is left out', () => {
  const search = mapSearch({
    map: 7,
    period: 'soon',
    compare: 'me',
    segment: [null, { property: 'os', op: 'like', value: 'x' }, 'a'],
    zoom: 'near',
    measure: '__proto__',
  })
  expect(Object.values(search).filter((value) => value !== undefined)).toEqual([])
})
