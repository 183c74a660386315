/** What an operator compares with. */
export interface Operands {
  readonly none: Readonly<Record<never, never>>
  readonly text: { readonly value: string }
  /** A decimal number, as people write it. */
  readonly number: { readonly value: string }
  readonly texts: { readonly values: readonly string[] }
  /** Decimal numbers, both included. */
  readonly range: { readonly least: string; readonly most: string }
}

/** What can be compared: a property of an event, a trait of a customer. */
export type Compared = 'property' | 'trait'

export interface Operator {
  readonly takes: keyof Operands
  readonly of: readonly Compared[]
}

const BOTH: readonly Compared[] = ['property', 'trait']

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
} as const satisfies Readonly<Record<string, Operator>>

export type OperatorCode = keyof typeof OPERATORS

/** The operators that compare with one sort of thing. */
export type OperatorTaking<Takes extends keyof Operands> = {
  [Code in OperatorCode]: (typeof OPERATORS)[Code]['takes'] extends Takes ? Code : never
}[OperatorCode]

export function isOperator(code: string): code is OperatorCode {
  return Object.hasOwn(OPERATORS, code)
}

const CODES = Object.keys(OPERATORS).filter(isOperator)

/** In the order of the table. */
export function operatorsOf(compared: Compared): readonly OperatorCode[] {
  return CODES.filter((code) => OPERATORS[code].of.includes(compared))
}

export function operatorsTaking<Takes extends keyof Operands>(
  takes: Takes,
  compared: Compared,
): readonly OperatorTaking<Takes>[] {
  return operatorsOf(compared).filter((code): code is OperatorTaking<Takes> =>
    takesThis(code, takes),
  )
}

function takesThis(code: OperatorCode, takes: keyof Operands): boolean {
  return OPERATORS[code].takes === takes
}
