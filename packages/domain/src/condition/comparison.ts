import { numberOf } from '../plain-number.ts'
import type { Compared, OPERATORS, OperatorCode, OperatorOf, Operands } from './operator.ts'

/** An operator with what it compares with. */
export type Comparison = ComparisonBy<OperatorCode>

/** A comparison that applies to a property, or to a trait. */
export type ComparisonOf<What extends Compared> = ComparisonBy<OperatorOf<What>>

/** A comparison of days, which a trait can have. */
export type DayComparison = ComparisonBy<Exclude<OperatorCode, OperatorOf<'property'>>>

type ComparisonBy<Codes extends OperatorCode> = {
  readonly [Code in Codes]: {
    readonly op: Code
  } & Operands[(typeof OPERATORS)[Code]['takes']]
}[Codes]

/** @param held undefined: there is none */
export function compares(comparison: ComparisonOf<'property'>, held: string | undefined): boolean {
  switch (comparison.op) {
    case 'set':
      return held !== undefined
    case 'unset':
      return held === undefined
    case 'true':
      return held !== undefined && MEANS_TRUE.includes(held.toLowerCase())
    case 'ne':
      return held !== comparison.value
    case 'eq':
      return held === comparison.value
    case 'one-of':
      return held !== undefined && comparison.values.includes(held)
    case 'contains':
      return held?.toLowerCase().includes(comparison.value.toLowerCase()) ?? false
    case 'starts-with':
      return held?.toLowerCase().startsWith(comparison.value.toLowerCase()) ?? false
    case 'gte':
      return within(held, comparison.value, null)
    case 'lte':
      return within(held, null, comparison.value)
    case 'between':
      return within(held, comparison.least, comparison.most)
  }
}

export const MEANS_TRUE: readonly string[] = ['true', 'yes', '1']

/** @param least null: no bound; a bound that is no number is passed by nothing */
function within(held: string | undefined, least: string | null, most: string | null): boolean {
  const number = held === undefined ? null : numberOf(held)
  if (number === null) return false
  const [low, high] = [least, most].map((bound) => (bound === null ? number : numberOf(bound)))
  return low != null && high != null && low <= number && number <= high
}

/** The comparison after another operator is chosen: what can be kept of what it compared with is. */
export function comparedBy(op: OperatorOf<'property'>, former: Comparison): ComparisonOf<'property'>
export function comparedBy(op: OperatorCode, former: Comparison): Comparison
export function comparedBy(op: OperatorCode, former: Comparison): Comparison {
  const texts = textsOf(former)
  const [first = '', last = first] = texts
  switch (op) {
    case 'in-last':
    case 'in-next':
    case 'anniversary':
      return { op, days: 'days' in former ? former.days : SOME_DAYS }
    case 'set':
    case 'unset':
    case 'true':
      return { op }
    case 'one-of':
      return { op, values: texts.filter((text) => text !== '') }
    case 'between':
      return { op, least: first, most: last }
    default:
      return { op, value: first }
  }
}

/** To begin with. */
const SOME_DAYS = 30

function textsOf(comparison: Comparison): readonly string[] {
  if ('values' in comparison) return comparison.values
  if ('least' in comparison) return [comparison.least, comparison.most]
  return 'value' in comparison ? [comparison.value] : []
}
