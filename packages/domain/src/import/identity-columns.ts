import { nameRank } from './column-names.ts'
import type { ColumnSample } from './sample.ts'

/** Of its rows that are filled, 0–1. */
export function fillShare({ filled, texts }: ColumnSample): number {
  return texts.length === 0 ? 0 : filled.length / texts.length
}

/** Who a file is about: a user, a device or browser beside it, or both. */
export interface IdentityColumns {
  readonly user: ColumnSample
  /** null: none, or the only id there is stands for the customer. */
  readonly anonymous: ColumnSample | null
}

/** A column is nearly as full as another when it has nine tenths of its values. */
const NEARLY = 0.9

/**
 * Chooses by how full a column is and how well it identifies, then by its name: an account id on every third row leaves two
 * thirds without a customer. A user and a device are taken together.
 *
 * @param candidates columns whose names say a customer, the best name first
 * @returns null when none of them holds an id
 */
export function identityColumns(candidates: readonly ColumnSample[]): IdentityColumns | null {
  const held = candidates.filter((column) => column.filled.length > 0 && identifies(column))
  const usable = held.length > 0 ? held : candidates.filter(({ filled }) => filled.length > 0)
  const anonymous = best(usable.filter(isAnonymous))
  const user = best(usable.filter((column) => !isAnonymous(column)))
  if (user === null) return anonymous === null ? null : { user: anonymous, anonymous: null }
  return { user, anonymous: anonymous === null || isSame(user, anonymous) ? null : anonymous }
}

/** The device or browser to go with a user that was named. */
export function anonymousColumn(candidates: readonly ColumnSample[]): ColumnSample | null {
  return best(candidates.filter((column) => column.filled.length > 0 && identifies(column)))
}

/** The best name among those that are nearly as full as the fullest. */
function best(columns: readonly ColumnSample[]): ColumnSample | null {
  const most = Math.max(...columns.map(fillShare), 0)
  return columns.find((column) => fillShare(column) >= most * NEARLY) ?? null
}

function isAnonymous({ name }: ColumnSample): boolean {
  return nameRank(name, 'anonymous') !== null
}

/** One and the same value on many rows names nobody: it is the site, the account, the shop. */
function identifies({ distinct, filled }: ColumnSample): boolean {
  return distinct > 1 || filled.length < 5
}

function isSame(a: ColumnSample, b: ColumnSample): boolean {
  return a.texts.every((text, i) => text === b.texts[i])
}
