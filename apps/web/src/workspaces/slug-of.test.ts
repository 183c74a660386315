import { expect, test } from 'vitest'
import { slugOf } from './slug-of.ts'

test.each([
  ['Crème & Café — Iași', 'creme-cafe-iasi'],
  ['  Shop  2 ', 'shop-2'],
  ['Магазин', ''],
  ['x'.repeat(60), 'x'.repeat(40)],
])('[UI70] %s is proposed as an address', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})
