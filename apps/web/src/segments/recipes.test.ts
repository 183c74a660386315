import { segmentFaults } from '@parcurs/domain'
import { expect, test } from 'vitest'
import type { AnswerOf } from '../api/routes.ts'
import { recipesOf } from './recipes.ts'

const words = (...names: readonly string[]): AnswerOf<'vocabulary'> => ({
  events: names.map((name, i) => ({ name, events: 1_000 - i, firstMs: null, lastMs: null })),
  channels: [],
  paths: [],
  properties: [],
  traits: [],
})

test('[UI51] the first segments offered are made of what is in the data', () => {
  const shop = recipesOf(words('page_view', 'Product Added', 'Order Completed'))
  expect(shop.map(({ kind }) => kind)).toEqual(['bought-twice', 'cart-only', 'silent'])
  expect(JSON.stringify(shop[0]?.rule)).toContain('"names":["Order Completed"]')
  expect(JSON.stringify(shop[1]?.rule)).toContain('"names":["Product Added"]')
  const other = recipesOf(words('ticket_opened', 'ticket_closed'))
  expect(other.map(({ kind }) => kind)).toEqual(['often', 'new', 'silent'])
  for (const { rule } of [...shop, ...other]) expect(segmentFaults(rule)).toEqual([])
})
