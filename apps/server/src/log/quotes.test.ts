import { expect, test } from 'vitest'
import { quotes } from './quotes.ts'

test.each([
  ['{"userId":"ann"}', ['ann'], true],
  ['{"userId":"Ann@Shop.example"}', ['ann@shop.example'], true],
  ['{"userId":12}', ['12'], true],
  ['{"userId":"anna"}', ['ann'], false],
  ['{"total":112}', ['12'], false],
  ['ann,2026-01-01,view', ['bob', 'ann'], true],
  ['anything', [''], false],
  ['', ['ann'], false],
])('[DC12] %s quotes %j: %s', (text, ids, expected) => {
  expect(quotes(text, ids)).toBe(expected)
})
