import {
  type AnswerFactsRow,
  type Compiled,
  type FactsNeeded,
  factsQueries,
  type GroupTraitRow,
  type JourneyFactsRow,
  knownCustomers,
  type KnownCustomer,
  type ListRow,
  type SegmentReading,
  strangersQuery,
  type TraitFactsRow,
} from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { MAX_SECONDS } from './membership-needs.ts'

/** What rules look at of some customers, by decimal key. All of it is as of the reading. */
export async function readFacts(
  clickhouse: ClickHouse,
  at: SegmentReading,
  needed: FactsNeeded,
  customers: readonly bigint[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, KnownCustomer>> {
  if (customers.length === 0) return new Map()
  const queries = factsQueries(at, needed, customers)
  const read = async <Row>(query: Compiled | null): Promise<readonly Row[]> =>
    query === null ? [] : await clickhouse.rows<Row>(query, { signal, maxSeconds: MAX_SECONDS })
  const [journeys, asked, groupTraits, answers, lists] = await Promise.all([
    read<JourneyFactsRow>(queries.journeys),
    read<TraitFactsRow>(queries.traits),
    Promise.all(queries.groupTraits.map((query) => read<GroupTraitRow>(query))),
    read<AnswerFactsRow>(queries.answers),
    read<ListRow>(queries.lists),
  ])
  const traits = queries.traits === null ? await read<TraitFactsRow>(strangers(journeys)) : asked
  return knownCustomers(
    customers,
    { journeys, traits, groupTraits: groupTraits.flat(), answers, lists },
    at.kinds,
  )

  /** Whoever did something is there: nobody needs their traits to know it. */
  function strangers(journeys: readonly JourneyFactsRow[]): Compiled | null {
    const met = new Set(journeys.map(({ customer }) => customer))
    const others = customers.filter((customer) => !met.has(String(customer)))
    return others.length === 0 ? null : strangersQuery(at, others)
  }
}
