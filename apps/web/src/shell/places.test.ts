import { expect, test } from 'vitest'
import { GROUPS, PLACES, placeAt } from './places.ts'

test.each([
  ['/w/demo', 'map'],
  ['/w/demo/', 'map'],
  ['/w/demo/maps', 'map'],
  ['/w/demo/proposal', 'map'],
  ['/w/demo/customers', 'customers'],
  ['/w/demo/customers/12', 'customers'],
  ['/w/customers', 'map'],
  ['/w/demo/customersx', 'map'],
  ['/w/demo/settings/keys', 'keys'],
])('[UI35] %s belongs to the place %s', (pathname, id) => {
  expect(placeAt(pathname).id).toBe(id)
})

test('[UI35] places stand in the order of the loop, and four of them have room on a phone', () => {
  const order = PLACES.map(({ group }) => GROUPS.indexOf(group))
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(PLACES.filter(({ tab }) => tab)).toHaveLength(4)
})
