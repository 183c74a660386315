import type { Reading } from '../journey/reading.ts'
import { customersOfKeys, customerTraits } from '../journey/tables.ts'
import { type Compiled, compile, param, sql } from '../sql.ts'

/** Rows `key, customer`, as decimal text: of those keys that anything is known of, who they are today. */
export function foundKeysQuery(reading: Reading, keys: readonly bigint[]): Compiled {
  return compile(sql`
    SELECT toString(key) AS key, toString(customer) AS customer
    FROM (${customersOfKeys(reading, sql`SELECT arrayJoin(${param.keys(keys)})`)})`)
}

/** Rows `email, customer` of those addresses that are some customer's trait `email`, in lower case. */
export function foundEmailsQuery(reading: Reading, emails: readonly string[]): Compiled {
  return compile(sql`
    SELECT lowerUTF8(value) AS email, toString(min(customer)) AS customer
    FROM (${customerTraits(reading, sql`trait = 'email'`)})
    WHERE has(${param.texts(emails)}, email) GROUP BY email`)
}
