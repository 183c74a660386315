import * as contract from '@parcurs/contract'
import { expect, test } from 'vitest'
import { placeOf } from './ask.ts'
import { ROUTES } from './routes.ts'

const described = new Map(
  contract.ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const),
)

test.each(Object.entries(ROUTES))('[UI19] %s is served at %s', (_, place) => {
  expect(described.has(place)).toBe(true)
})

test('[UI19] parameters are encoded, and what is not asked is left out', () => {
  expect(
    placeOf('customerJourney', {
      params: { workspace: 'demo', customer: '../1' },
      query: { mapId: 'a b', beforeMs: undefined },
    }),
  ).toEqual({
    method: 'GET',
    path: '/api/workspaces/demo/customers/..%2F1/journey?mapId=a+b',
  })
})
