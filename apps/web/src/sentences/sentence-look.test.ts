import { expect, test } from 'vitest'
import { sentenceLook } from './sentence-look.ts'

test.each([
  ['en', '1990', '12,500.5', 'Jan 31, 2026'],
  ['ro', '1990', '12.500,5', '31 ian. 2026'],
  ['ru', '1990', '12 500,5', '31 янв. 2026 г.'],
  ['el', '1990', '12.500,5', '31 Ιαν 2026'],
  ['zh', '1990', '12,500.5', '2026年1月31日'],
])('[UI60] %s reads numbers and dates of a sentence as its own', (language, year, amount, date) => {
  const look = sentenceLook(language)
  expect(
    [look.number(1990), look.number(12500.5), look.date('2026-01-31')].map((said) =>
      said.replaceAll(/\s/g, ' '),
    ),
  ).toEqual([year, amount, date])
  expect(look.date('soon')).toBe('soon')
})
