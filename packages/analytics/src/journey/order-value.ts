import { param, sql, type Sql } from '../sql.ts'

/** Event names that say "an order was paid": one order id counts once over all of them. */
export const PURCHASE_NAMES = ['purchase', 'order completed', 'order_completed'] as const

/**
 * Money of one event in ten-thousandths, as SQL over `events`; 0: none, or in another currency.
 * Decimal(18,4) keeps exactly that integer, so the bits are read as they stand (a multiplication would overflow).
 */
export function eventValue(currency: string): Sql {
  return sql`if(isNull(value) OR (currency != '' AND currency != ${param.text(currency)}), 0,
    reinterpretAsInt64(assumeNotNull(value)))`
}

/**
 * What an order is counted by, as SQL over `events`; 0: counted as it stands. Money taken counts once per
 * order id and kind of event (a begun checkout carries the same id and must not use up the purchase);
 * refunds are never swallowed, since an order may be paid back in parts.
 */
export const orderOfEvent: Sql = sql`if(order_id = '' OR isNull(value) OR value < 0, 0,
    cityHash64(order_id, if(lower(name) IN ${param.texts(PURCHASE_NAMES)}, 'purchase', name)))`
