import { compile, customerTraits, owners, param, type Reading, sql } from '@parcurs/analytics'
import type { IdentityKey } from '@parcurs/domain'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'

/** Who a key is today. A device that changed hands is its latest user. */
export async function customerOf(
  clickhouse: ClickHouse,
  reading: Reading,
  key: IdentityKey,
): Promise<IdentityKey> {
  const [row] = await clickhouse.rows<{ customer: string }>(
    compile(sql`
      SELECT owner_customers[-1] AS customer FROM (${owners(reading)})
      WHERE owned_key = ${param.key(key)}`),
  )
  return row === undefined ? key : BigInt(row.customer)
}

/** Every key with events or traits of the customer: its own, and those it owns at some time. */
export async function keysOf(
  clickhouse: ClickHouse,
  reading: Reading,
  customer: IdentityKey,
): Promise<readonly IdentityKey[]> {
  const rows = await clickhouse.rows<{ owned_key: string }>(
    compile(sql`
      SELECT owned_key FROM (${owners(reading)}) WHERE has(owner_customers, ${param.key(customer)})`),
  )
  return [...new Set([customer, ...rows.map(({ owned_key }) => BigInt(owned_key))])]
}

/** The latest value of each of the customer's traits, over all keys. */
export async function traitsOf(
  clickhouse: ClickHouse,
  reading: Reading,
  customer: IdentityKey,
): Promise<Readonly<Record<string, string>>> {
  const rows = await clickhouse.rows<{ trait: string; value: string }>(
    compile(sql`
      SELECT trait, value FROM (${customerTraits(reading)})
      WHERE customer = ${param.key(customer)} ORDER BY trait`),
  )
  return Object.fromEntries(rows.map(({ trait, value }) => [trait, value]))
}
