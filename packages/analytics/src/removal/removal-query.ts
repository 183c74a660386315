import type { Reading } from '../journey/reading.ts'
import { type Removal, removed } from '../journey/removal.ts'
import { customerEvents, customerFeedback, owners, traitValues } from '../journey/tables.ts'
import { type Compiled, compile, param, sql } from '../sql.ts'

/** What goes with a removal, each as decimal text. */
export interface RemovalCountRow {
  readonly events: string
  readonly customers: string
  readonly answers: string
  readonly traits: string
  readonly orders: string
}

/** How much of what is there now a removal takes away. */
export function removalCountQuery(reading: Reading, removal: Removal): Compiled {
  const which = removed(removal)
  return compile(sql`
    SELECT events, customers, orders,
      (SELECT count() FROM (${customerFeedback(reading, which)})) AS answers,
      (SELECT count() FROM (${traitValues(reading, which)})) AS traits
    FROM (
      SELECT count() AS events, uniqExact(customer) AS customers,
        uniqExactIf(order_key, order_key != 0) AS orders
      FROM (${customerEvents(reading, sql`order_key`, which)})
    )`)
}

/** A key that a customer owns at some time; arrays side by side, in time order. 64-bit numbers as decimal text. */
export interface OwnedKeyRow {
  readonly key: string
  readonly from_ms: readonly string[]
  readonly customers: readonly string[]
}

export function ownedKeysQuery(reading: Reading, customer: bigint): Compiled {
  return compile(sql`
    SELECT owned_key AS key, owner_from AS from_ms, owner_customers AS customers
    FROM (${owners(reading)}) WHERE has(owner_customers, ${param.key(customer)})`)
}
