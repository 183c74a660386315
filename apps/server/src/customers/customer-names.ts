import {
  type CustomerNameRow,
  customerLabel,
  customerNamesQuery,
  type Reading,
  type TraitRow,
  traitsOfQuery,
} from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'

const MAX_SECONDS = 30

export interface NamedCustomer {
  readonly label: string
  /** Empty: never signed in. */
  readonly userId: string
}

/** What people call these customers, by decimal key. */
export async function customersNamed(
  clickhouse: ClickHouse,
  reading: Reading,
  keys: readonly bigint[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, NamedCustomer>> {
  if (keys.length === 0) return new Map()
  const limits = { signal, maxSeconds: MAX_SECONDS }
  const [names, traits] = await Promise.all([
    clickhouse.rows<CustomerNameRow>(customerNamesQuery(reading, keys), limits),
    clickhouse.rows<TraitRow>(traitsOfQuery(reading, keys), limits),
  ])
  const traitsOf = new Map<string, Map<string, string>>()
  for (const { customer, trait, value } of traits) {
    const known = traitsOf.get(customer) ?? new Map<string, string>()
    traitsOf.set(customer, known.set(trait, value))
  }
  const idsOf = new Map(names.map((row) => [row.customer, row]))
  return new Map(
    [...new Set([...idsOf.keys(), ...traitsOf.keys()])].map((customer) => {
      // Who has traits and no event yet has no id that is known as text.
      const { user_id: userId = '', anonymous_id: anonymousId = '' } = idsOf.get(customer) ?? {}
      const label = customerLabel(traitsOf.get(customer) ?? new Map(), userId, anonymousId)
      return [customer, { label, userId }]
    }),
  )
}
