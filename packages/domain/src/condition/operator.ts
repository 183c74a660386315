/** What an operator compares with. */
export interface Operands {
  readonly none: Readonly<Record<never, never>>
  readonly text: { readonly value: string }
  /** A decimal number, as people write it. */
  readonly number: { readonly value: string }
  readonly texts: { readonly values: readonly string[] }
  /** Decimal numbers, both included. */
  readonly range: { readonly least: string; readonly most: string }
  /** A local date, 2026-01-31. */
  readonly date: { readonly value: string }
  /** Local days, today included. */
  readonly days: { readonly days: number }
}

/** What can be compared: a property of an event, a trait of a customer. */
export type Compared = 'property' | 'trait'

export interface Operator {
  readonly takes: keyof Operands
  readonly of: readonly Compared[]
}

const BOTH = ['property', 'trait'] as const
const TRAIT = ['trait'] as const

/**
 * Every operator there is. What is missing fails all of them but `ne` and `unset`. Text is compared exactly;
 * `contains` and `starts-with` ignore case. Numbers are compared where both are plain decimal numbers, else they fail.
 */
export const OPERATORS = {
  eq: { takes: 'text', of: BOTH },
  ne: { takes: 'text', of: BOTH },
  'one-of': { takes: 'texts', of: BOTH },
  contains: { takes: 'text', of: BOTH },
  'starts-with': { takes: 'text', of: BOTH },
  gte: { takes: 'number', of: BOTH },
  lte: { takes: 'number', of: BOTH },
  between: { takes: 'range', of: BOTH },
  set: { takes: 'none', of: BOTH },
  unset: { takes: 'none', of: BOTH },
  /** The text is `true`, `yes` or `1`, in any case. */
  true: { takes: 'none', of: BOTH },
  /** The text is a date or an instant, whose local day is meant; else these fail. */
  before: { takes: 'date', of: TRAIT },
  after: { takes: 'date', of: TRAIT },
  /** On one of the last n days, with today as the last. */
  'in-last': { takes: 'days', of: TRAIT },
  /** On one of the next n days, with today as the first. */
  'in-next': { takes: 'days', of: TRAIT },
  /** As `in-next` of its day and month, whatever the year; 29 February is the 28th in other years. */
  anniversary: { takes: 'days', of: TRAIT },
} as const satisfies Readonly<Record<string, Operator>>

export type OperatorCode = keyof typeof OPERATORS

/** The operators that apply to one thing that is compared. */
export type OperatorOf<What extends Compared> = {
  [Code in OperatorCode]: What extends (typeof OPERATORS)[Code]['of'][number] ? Code : never
}[OperatorCode]

/** The operators that compare with one sort of thing. */
export type OperatorTaking<Takes extends keyof Operands> = {
  [Code in OperatorCode]: (typeof OPERATORS)[Code]['takes'] extends Takes ? Code : never
}[OperatorCode]

export function isOperator(code: string): code is OperatorCode {
  return Object.hasOwn(OPERATORS, code)
}

const CODES = Object.keys(OPERATORS).filter(isOperator)

/** In the order of the table. */
export function operatorsOf<What extends Compared>(compared: What): readonly OperatorOf<What>[] {
  return CODES.filter((code): code is OperatorOf<What> => appliesTo(code, compared))
}

function appliesTo(code: OperatorCode, compared: Compared): boolean {
  const { of }: Operator = OPERATORS[code]
  return of.includes(compared)
}

export function operatorsTaking<Takes extends keyof Operands, What extends Compared>(
  takes: Takes,
  compared: What,
): readonly (OperatorTaking<Takes> & OperatorOf<What>)[] {
  return operatorsOf(compared).filter((code): code is OperatorTaking<Takes> & OperatorOf<What> =>
    takesThis(code, takes),
  )
}

function takesThis(code: OperatorCode, takes: keyof Operands): boolean {
  return OPERATORS[code].takes === takes
}
