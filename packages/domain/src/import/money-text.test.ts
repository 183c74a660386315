import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moneyColumn, readMoney, readNumber } from './money-text.ts'

// SPEC.md, "Import": [IM6] numbers and money.

describe('[IM6] one cell', () => {
  test.each<readonly [string, number, readonly string[]]>([
    ['35.79', 35.79, []],
    ['-2', -2, []],
    ['1,234.50', 1234.5, []],
    ['1.234,50', 1234.5, []],
    ['1 234,50', 1234.5, []],
    ['1\u00a0234,50\u00a0€', 1234.5, ['EUR']],
    ['1\u202f500 руб.', 1500, ['RUB']],
    ['1\u2009500,5 ₽', 1500.5, ['RUB']],
    ["CHF 1'234.50", 1234.5, ['CHF']],
    ['1’234’567.–', 1_234_567, []],
    ['CHF 12.-', 12, ['CHF']],
    ['12,- €', 12, ['EUR']],
    ['1,23,456.50', 123_456.5, []],
    ['1,000,000', 1_000_000, []],
    ['1.000.000', 1_000_000, []],
    ['0,125', 0.125, []],
    ['.5', 0.5, []],
    ['5.', 5, []],
    [',5', 0.5, []],
    ['1e3', 1000, []],
    ['RON 2.300,50', 2300.5, ['RON']],
    ['NGN 2,300.50', 2300.5, ['NGN']],
    ['12 €', 12, ['EUR']],
    ['€12', 12, ['EUR']],
    ['12eur', 12, ['EUR']],
    ['US$ 5', 5, ['USD']],
    ['$5 CAD', 5, ['CAD']],
    ['₦1,500.00', 1500, ['NGN']],
    ['25 元', 25, ['CNY']],
    ['￥１２．５', 12.5, ['CNY', 'JPY']],
    ['人民币12元', 12, ['CNY']],
    ['12,50 ευρώ', 12.5, ['EUR']],
    ['1500 рублей', 1500, ['RUB']],
    ['(12.50)', -12.5, []],
    ['($100.00)', -100, []],
    ['12.50-', -12.5, []],
    ['-€12.50', -12.5, ['EUR']],
    ['€-12.50', -12.5, ['EUR']],
    ['−12,50 €', -12.5, ['EUR']],
    ['EUR -3', -3, ['EUR']],
    ['- 3', -3, []],
  ])('%s', (text, amount, currencies) => {
    const read = readMoney(text, null)
    expect(read).toMatchObject({ kind: 'amount', amount })
    if (read.kind === 'amount' && !text.includes('$')) expect(read.currencies).toEqual(currencies)
    if (read.kind === 'amount' && currencies.length > 0) {
      expect(read.currencies).toEqual(currencies)
    }
  })

  test.each(['', ' ', '-', '—', 'nan', 'NaN', 'NULL', 'None', 'n/a', '#N/A', '\\N'])(
    '"%s" is none',
    (text) => {
      expect(readMoney(text, 'point')).toEqual({ kind: 'none' })
      expect(readNumber(text, 'point')).toBeNull()
    },
  )

  test.each<readonly [string, 'not-a-number' | 'ambiguous' | 'unit']>([
    ['abc', 'not-a-number'],
    ['1,23,4', 'not-a-number'],
    ['--1', 'not-a-number'],
    ['(5', 'not-a-number'],
    ['-5-', 'not-a-number'],
    ['1 2', 'not-a-number'],
    ['12.50.10', 'not-a-number'],
    ['2026-01-05', 'not-a-number'],
    ['12 kg', 'unit'],
    ['12 %', 'unit'],
    ['€ 5 USD', 'unit'],
    ['1.2k', 'unit'],
    ['1.000', 'ambiguous'],
    ['1,000 lei', 'ambiguous'],
  ])('%s cannot be read: %s', (text, why) => {
    expect(readMoney(text, null)).toEqual({ kind: 'unreadable', why })
  })

  test('$ is many currencies, and a code beside it says which', () => {
    const read = readMoney('$40.00', 'point')
    expect(read.kind === 'amount' && read.currencies.length > 1).toBe(true)
    expect(readMoney('$40.00 CAD', 'point')).toMatchObject({ currencies: ['CAD'] })
  })

  test('what could be two numbers is read as the column writes', () => {
    expect(readNumber('1.000', 'point')).toBe(1)
    expect(readNumber('1.000', 'comma')).toBe(1000)
    expect(readNumber('1,000', 'point')).toBe(1000)
    expect(readNumber('1,000', 'comma')).toBe(1)
    // In one way only: whatever the column.
    expect(readNumber('12,50', 'point')).toBe(12.5)
    expect(readNumber('12.50', 'comma')).toBe(12.5)
  })
})

describe('[IM6] a column', () => {
  test.each([
    { texts: ['12,50', '3', ''], mark: 'comma' },
    { texts: ['1,234', '12.5'], mark: 'point' },
    { texts: ['12,50', '1.000', '1.111,11', '-3,61'], mark: 'comma' },
    {
      texts: ['25,000', '₦1,500.00', 'NGN 2,300.50', '$40.00', '3,000', '(100.00)'],
      mark: 'point',
    },
    { texts: ['1.000', '2.500', '300'], mark: 'undecidable' },
    { texts: ['1,000', '12,50', '12.50'], mark: 'undecidable' },
    { texts: ['12,50', '1,234.5'], mark: null },
    { texts: ['100', '7', 'nan'], mark: null },
    { texts: ['2.300,50 lei', '1.000 lei'], mark: 'comma' },
  ] as const)('$texts: $mark', ({ texts, mark }) => {
    expect(moneyColumn(texts).mark).toBe(mark)
  })

  test('says how much of it is money, and in what', () => {
    const column = moneyColumn(['12 €', '5 EUR', 'x', '', '-', '7'])
    expect(column).toMatchObject({ share: 0.75, currencies: ['EUR'], example: null })
    expect(moneyColumn(['7', '1.000']).example).toBe('1.000')
  })

  test('amounts written in any dialect are read back, or asked about', () => {
    const cents = fc.integer({ min: -999_999_999, max: 999_999_999 })
    const dialect = fc.record({
      mark: fc.constantFrom('point' as const, 'comma' as const),
      group: fc.constantFrom('', 'other', ' ', "'", '\u00a0', '\u202f'),
      decimals: fc.constantFrom(0, 2, 3),
      sign: fc.constantFrom('lead', 'trail', 'brackets'),
      before: fc.constantFrom('', '€', 'RON ', '$ '),
      after: fc.constantFrom('', ' lei', '\u00a0€', 'руб.'),
    })
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 8 }), dialect, (amounts, style) => {
        fc.pre(style.before === '' || style.after === '')
        const decimal = style.mark === 'point' ? '.' : ','
        const other = style.mark === 'point' ? ',' : '.'
        const group = style.group === 'other' ? other : style.group
        const values = amounts.map((amount) => amount / 10 ** style.decimals)
        const texts = amounts.map((amount) => {
          const digits = String(Math.abs(amount)).padStart(style.decimals + 1, '0')
          const whole = digits.slice(0, digits.length - style.decimals)
          const fraction = digits.slice(digits.length - style.decimals)
          const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group)
          const body = `${style.before}${grouped}${style.decimals === 0 ? '' : decimal + fraction}${style.after}`
          if (amount >= 0) return body
          if (style.sign === 'lead') return `-${body}`
          return style.sign === 'trail' ? `${body}-` : `(${body})`
        })
        const { mark } = moneyColumn(texts)
        if (mark === 'undecidable') return
        expect(texts.map((text) => readNumber(text, mark))).toEqual(values.map((v) => v + 0))
      }),
      { numRuns: 500 },
    )
  })
})
