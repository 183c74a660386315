import { nameRank } from './column-names.ts'
import type { ColumnSample } from './sample.ts'

/** Names under which people and things stand as often as events. */
const WEAK_FROM = 'page'

/** Beyond this nobody could look through them. */
const MOST_NAMES = 200

/**
 * Whether a column names what happened: few values that come again and read like names. Never people, articles, prices,
 * order numbers or addresses.
 *
 * @param isNumeric whether the column holds numbers
 */
export function namesEvents(column: ColumnSample, isNumeric: boolean): boolean {
  const { filled, distinct } = column
  if (filled.length === 0 || isNumeric) return false
  if (holdsPages(column) || holdsNumbers(column)) return false
  if (distinct > MOST_NAMES && distinct >= filled.length / 2) return false
  const weak = (nameRank(column.name, 'event') ?? 0) >= (nameRank(WEAK_FROM, 'event') ?? 0)
  return !weak || comesAgain(column)
}

/** Addresses of pages: `https://…`, `/cart`. */
export function holdsPages({ filled }: ColumnSample): boolean {
  const pages = filled.filter((text) => /^(https?:\/\/|\/)/i.test(text)).length
  return filled.length > 0 && pages >= filled.length / 2
}

/** `#1001`, `INV-2041`, `A-7`: numbers of orders and cases. */
function holdsNumbers({ filled, distinct }: ColumnSample): boolean {
  const numbers = filled.filter((text) => /^#?[A-Za-z]{0,5}[-_ /]?\d{2,}$/.test(text)).length
  return numbers >= filled.length / 2 && distinct > 1
}

/** Of few rows little can be said; of more, at most half are new values. */
function comesAgain({ filled, distinct }: ColumnSample): boolean {
  if (filled.length < 4) return true
  return distinct <= filled.length * (filled.length < 10 ? 0.75 : 0.5)
}
