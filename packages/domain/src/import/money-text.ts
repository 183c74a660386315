import { currenciesOf } from './currency-text.ts'
import { type DecimalMark, markShown, readDigits, saysNoNumber } from './number-text.ts'

/** What a cell of money says. */
export type MoneyRead =
  | {
      readonly kind: 'amount'
      readonly amount: number
      /** ISO 4217: those that the text may mean, one where it is clear (`$` has many); none: it names none. */
      readonly currencies: readonly string[]
    }
  /** Empty, `-`, `NaN`, `null` and their like. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly why: MoneyFault }

/** `ambiguous`: 1.000 is 1 or 1000; `unit`: what stands beside the digits is no currency. */
export type MoneyFault = 'not-a-number' | 'ambiguous' | 'unit'

const PLAIN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d{1,3}$/
const NO_CURRENCY: readonly string[] = []

/**
 * Money as people and programs write it: `35.79`, `1.234,50 €`, `RON 2.300,50`, `99,00 lei`, `CHF 1'234.50`, `1 500 руб.`,
 * `¥12`, `12.-`; negative as `-5`, `5-`, `-$5`, `$-5`, `(12.50)`.
 */
export function readMoney(said: string, mark: DecimalMark): MoneyRead {
  if (saysNoNumber(said)) return { kind: 'none' }
  const text = plain(said)
  if (PLAIN.test(text)) return amountOf(Number(text), NO_CURRENCY)
  const cut = CUT.exec(text)
  if (cut === null) return unreadable('not-a-number')
  const [, before = '', body = '', after = ''] = cut
  // Whole amounts in the Swiss and German way: `12.-`, `12,--`. The dashes stand for cents.
  const sides = signOf(before, /[.,]$/.test(body) ? after.replace(/^-{1,2}/, '') : after)
  if (sides === null) return unreadable('not-a-number')
  const number = readDigits(body, mark)
  if (number === null) return unreadable('not-a-number')
  const currencies = currenciesOf(sides.words)
  if (currencies === null) return unreadable('unit')
  if (number === 'ambiguous') return unreadable('ambiguous')
  return amountOf(sides.negative ? -number : number, currencies)
}

/** Before, digits with their separators, after. A separator before or behind the digits belongs to them. */
const CUT = /^(.*?)((?:[.,](?=\d))?\d(?:[\d.,' ]*\d)?(?:[.,](?=$|[\s)\-–]|\p{Sc}|\p{L}))?)(.*)$/su

/** One way to write blanks, apostrophes, dashes and digits. */
function plain(said: string): string {
  const text = said.trim()
  if (ASCII.test(text)) return text
  return text
    .replace(/[\u2018\u2019\u02bc\u00b4]/g, "'")
    .replace(/[\u2212\u2010-\u2015]/g, '-')
    .normalize('NFKC')
    .replace(/\s/g, ' ')
    .trim()
}

// oxlint-disable-next-line no-control-regex
const ASCII = /^[\x20-\x7e]*$/

/** What stands around the digits without sign and brackets; null: two signs, or half a pair of brackets. */
function signOf(
  before: string,
  after: string,
): { readonly negative: boolean; readonly words: string } | null {
  let left = before.trim()
  let right = after.trim()
  let signs = 0
  let negative = false
  const opened = left.includes('(')
  if (opened !== right.includes(')')) return null
  if (opened) {
    left = left.replace('(', ' ')
    right = right.replace(')', ' ')
    signs++
    negative = true
  }
  const lead = /^\s*([+-])|([+-])\s*$/.exec(left)
  if (lead !== null) {
    signs++
    negative = (lead[1] ?? lead[2]) === '-'
    left = left.replace(/[+-]/, ' ')
  }
  const trail = /^\s*-|-\s*$/.exec(right)
  if (trail !== null) {
    signs++
    negative = true
    right = right.replace('-', ' ')
  }
  if (signs > 1 || /[()+-]/.test(left + right)) return null
  return { negative, words: `${left.trim()} ${right.trim()}`.trim() }
}

function amountOf(amount: number, currencies: readonly string[]): MoneyRead {
  return Number.isFinite(amount)
    ? { kind: 'amount', amount: amount === 0 ? 0 : amount, currencies }
    : unreadable('not-a-number')
}

const unreadable = (why: MoneyFault): MoneyRead => ({ kind: 'unreadable', why })

/** The amount alone; null: none, or it cannot be read. */
export function readNumber(text: string, mark: DecimalMark): number | null {
  const read = readMoney(text, mark)
  return read.kind === 'amount' ? read.amount : null
}

export interface MoneyColumn {
  /** `undecidable`: only numbers like `1.000`, which are 1 or 1000; null: none has a separator. */
  readonly mark: DecimalMark | 'undecidable'
  /** Of the cells that say something, those that are money, 0–1. */
  readonly share: number
  /** A cell that can be read in two ways; null: there is none. */
  readonly example: string | null
  /** The currencies that single cells name for sure. */
  readonly currencies: readonly string[]
}

/** How a column writes money: a cell that can be read in one way only settles it for those that could be two numbers. */
export function moneyColumn(texts: readonly string[]): MoneyColumn {
  let said = 0
  let money = 0
  let example: string | null = null
  const shown = new Set<'point' | 'comma'>()
  const currencies = new Set<string>()
  for (const text of texts) {
    if (saysNoNumber(text)) continue
    said++
    const read = readMoney(text, 'point')
    if (read.kind !== 'amount') continue
    money++
    const [first] = read.currencies
    if (read.currencies.length === 1 && first !== undefined) currencies.add(first)
    const digits = CUT.exec(plain(text))?.[2] ?? ''
    const mark = markShown(digits)
    if (mark === 'either') example ??= text
    else if (mark !== null) shown.add(mark)
  }
  const [mark = null] = shown
  const settled = shown.size === 1 ? mark : example === null ? null : 'undecidable'
  return {
    mark: settled,
    share: said === 0 ? 0 : money / said,
    example,
    currencies: [...currencies],
  }
}
