import { param, sql, type Sql } from '../sql.ts'
import type { Reading } from './reading.ts'
import { orderHolders, orderMessages } from './tables.ts'

/**
 * Money of one event in ten-thousandths, as SQL over `events`; 0: none, or in another currency.
 * Decimal(18,4) keeps exactly that integer, so the bits are read as they stand (a multiplication would overflow).
 */
function eventValue(currency: string): Sql {
  return sql`if(isNull(value) OR (currency != '' AND currency != ${param.text(currency)}), 0,
    reinterpretAsInt64(assumeNotNull(value)))`
}

/**
 * As `eventValue`, of an order in the one event that holds it: the same order id counts once in a workspace,
 * whoever it is said of. Over columns of `events` with `order_key`.
 *
 * @param orders a subquery of the orders that can be met, so that no others are looked for; null: all
 */
export function eventMoney(reading: Reading, orders: Sql | null): Sql {
  const value = eventValue(reading.currency)
  if (!reading.contested) return value
  return sql`if(order_key != 0 AND message NOT IN (${orderHolders(reading, orders)}), 0, ${value})`
}

/**
 * Whether a purchase is an order of its own, with money or without; a further event of an order id is none. Over
 * columns of `events`.
 */
export function isOrder(reading: Reading): Sql {
  return sql`((isNull(value) OR value >= 0) AND (order_id = '' OR message IN (${orderMessages(reading)})))`
}
