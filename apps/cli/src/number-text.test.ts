import { describe, expect, test } from 'vitest'
import { countOf, countText, durationText, moneyText, shareText } from './number-text.ts'

test.each([
  [null, '—'],
  [0, '0 %'],
  [0.0008, '0.08 %'],
  [0.043, '4.3 %'],
  [0.4312, '43.1 %'],
  [1, '100 %'],
])('[CT2] share %s is %s', (share, text) => {
  expect(shareText(share)).toBe(text)
})

test.each([
  [null, '—'],
  [0, '0 s'],
  [400, '0.4 s'],
  [83_000, '1 min 23 s'],
  [3_600_000, '1 h'],
  [187_200_000, '2 d 4 h'],
])('[CT2] %s ms are %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})

describe('[CT2] counts and money', () => {
  test('nobody is a dash', () => {
    expect([countText(null), moneyText(null, 'EUR')]).toEqual(['—', '—'])
  })
  test('thousands are grouped', () => {
    expect([countText(1234567), moneyText(1234.5, 'EUR'), moneyText(2.5, 'EUR')]).toEqual([
      '1,234,567',
      '€1,235',
      '€2.50',
    ])
  })
})

test.each([
  [0, '0 customers'],
  [1, '1 customer'],
  [2, '2 customers'],
  [1_001, '1,001 customers'],
])('[CT2] %s of them are %s', (n, text) => {
  expect(countOf(n, 'customer')).toBe(text)
})
