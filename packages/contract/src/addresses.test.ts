import { expect, test } from 'vitest'
import { ADDRESSES, type Address, filledAddress } from './addresses.ts'
import * as contract from './index.ts'
import { ROUTES } from './routes.ts'

/** Those of every noun, whether the server has them yet or not. */
const described: readonly Address[] = Object.entries(contract)
  .flatMap(([name, routes]): readonly unknown[] =>
    name.endsWith('Routes') && typeof routes === 'object' ? Object.values(routes) : [],
  )
  .filter(isAddress)

function isAddress(value: unknown): value is Address {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value
}

test('[OA8] every route has its address from the one table, and no address is without a route', () => {
  const table = new Set<Address>(Object.values(ADDRESSES))
  const known = (route: Address) =>
    [...table].some(
      ({ name, method, path }) =>
        name === route.name && method === route.method && path === route.path,
    )
  expect(described.filter((route) => !known(route)).map(({ name }) => name)).toEqual([])
  expect(contract.ROUTES.filter((route) => !known(route)).map(({ name }) => name)).toEqual([])
  const names = new Set(described.map(({ name }) => name))
  expect([...table].filter(({ name }) => !names.has(name))).toEqual([])
})

test('[OA8] names and addresses are there once', () => {
  const all = Object.values(ADDRESSES)
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  expect(new Set(all.map(({ method, path }) => `${method} ${path}`)).size).toBe(all.length)
})

test('[OA8] parameters are encoded, what is not asked is left out, and a lacking one is a mistake', () => {
  const { path } = ADDRESSES.customerJourney
  expect(
    filledAddress(
      path,
      { workspace: 'demo', customer: '../1' },
      { mapId: 'a b', beforeMs: undefined },
    ),
  ).toBe('/api/workspaces/demo/customers/..%2F1/journey?mapId=a%20b')
  expect(() => filledAddress(path, { workspace: 'demo' })).toThrow(/'customer'/)
})

test('[QU13] every route that may be too slow takes turns; a list that is brought has its own limit', () => {
  const slow = ROUTES.filter(({ problems }) => problems?.includes('question-too-slow'))
  expect(slow.filter(({ asks }) => asks !== true).map(({ name }) => name)).toEqual([
    'importSegment',
  ])
})
