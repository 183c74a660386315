import type { MemberRow, Reading } from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { customersNamed } from '../customers/customer-names.ts'

/** As lists show them, in the order given. */
export async function listedMembers(
  clickhouse: ClickHouse,
  reading: Reading,
  rows: readonly MemberRow[],
  signal: AbortSignal,
) {
  const keys = rows.map(({ customer }) => BigInt(customer))
  const named = await customersNamed(clickhouse, reading, keys, signal)
  return rows.map(({ customer, events, first_ms, last_ms }) => ({
    customer,
    label: named.get(customer)?.label ?? '',
    userId: named.get(customer)?.userId ?? '',
    events,
    firstMs: first_ms === null ? null : Number(first_ms),
    lastMs: last_ms === null ? null : Number(last_ms),
    atMs: null,
  }))
}
