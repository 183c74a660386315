import { describe, expect, test } from 'vitest'
import { listAsked, numberAsked, periodAsked, spanAsked, instantAsked } from './question-options.ts'

const NOW = Date.UTC(2026, 10, 22, 12)

describe('[CT3] periods', () => {
  test.each([
    [{}, null],
    [{ last: '30d' }, { lastDays: 30 }],
    [{ last: '2w' }, { lastDays: 14 }],
    [
      { from: '2026-01-01', to: '2026-01-31' },
      { from: '2026-01-01', to: '2026-01-31' },
    ],
    [{ from: '2026-01-01' }, { from: '2026-01-01', to: '2026-11-23' }],
    [{ to: '2026-01-31' }, { from: '2026-01-31', to: '2026-01-31' }],
  ])('%j', (settings, period) => {
    expect(periodAsked(settings, NOW)).toEqual(period)
  })

  test.each([
    [{ last: '30' }, "--last is '30': expected days or weeks"],
    [{ last: '0d' }, "--last is '0d'"],
    [{ last: '1d', from: '2026-01-01' }, '--last goes without --from and --to'],
    [{ from: '2026-02-30' }, "--from is '2026-02-30': expected a date such as 2026-01-31"],
    [{ to: 'tomorrow' }, "--to is 'tomorrow'"],
    [
      { from: '2026-02-01', to: '2026-01-31' },
      "--from is '2026-02-01': expected a date not after --to, '2026-01-31'",
    ],
  ])('%j is refused', (settings, words) => {
    expect(() => periodAsked(settings, NOW)).toThrow(words)
  })
})

test.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['24h', 86_400_000],
  ['366d', 366 * 86_400_000],
])('[CT3] %s is %s ms', (text, ms) => {
  expect(spanAsked('--window', text)).toBe(ms)
})

test.each(['', '5', '-1d', '1.5h', '3y'])('[CT3] a window of %j is refused', (text) => {
  expect(() => spanAsked('--window', text)).toThrow(`--window is '${text}'`)
})

test('[CT3] numbers have their bounds, lists lose what is empty', () => {
  expect(numberAsked('--steps', '5', 2, 20)).toBe(5)
  expect(() => numberAsked('--steps', '21', 2, 20)).toThrow('expected a whole number from 2 to 20')
  expect(listAsked(' view, ,cart')).toEqual(['view', 'cart'])
})

test('[CT3] an instant is a date, or a time with its zone, UTC when none is named', () => {
  expect(instantAsked('--at', '2026-01-31')).toBe(Date.UTC(2026, 0, 31))
  expect(instantAsked('--at', '2026-01-31T12:00:00')).toBe(Date.UTC(2026, 0, 31, 12))
  expect(instantAsked('--at', '2026-01-31T12:00:00+02:00')).toBe(Date.UTC(2026, 0, 31, 10))
  expect(() => instantAsked('--at', 'yesterday')).toThrow('expected an instant such as 2026-01-31')
})
