import {
  type ExplainedLeak,
  explainLeak,
  type Compiled,
  anyTraitQuery,
  type LeakValueRow,
  leakPropertiesQuery,
  leakTraitsQuery,
  type MapCounts,
  valueContrasts,
  type Reading,
} from '@parcurs/analytics'
import { StoreFailure } from '../clickhouse/clickhouse.ts'
import type { Stores } from '../stores/stores.ts'
import { limits } from './count-map.ts'

const LEAK_SECONDS = 5

/** Looks into the events and traits of some who left and some who moved on; without them when that takes too long. */
export async function explainLeaks(
  { stores }: { readonly stores: Pick<Stores, 'clickhouse'> },
  reading: Reading,
  { evidence }: MapCounts,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ExplainedLeak>> {
  const options = { ...limits(signal), maxSeconds: LEAK_SECONDS }
  const ask = async <Row>(query: Compiled | null): Promise<readonly Row[]> =>
    query === null ? [] : await soon(stores.clickhouse.rows<Row>(query, options))
  const traits = async () =>
    (await ask<object>(anyTraitQuery(reading))).length === 0
      ? []
      : await ask<LeakValueRow>(leakTraitsQuery(reading, evidence))
  const [ofEvents, ofCustomers] = await Promise.all([
    ask<LeakValueRow>(leakPropertiesQuery(reading, evidence)),
    traits(),
  ])
  return new Map(
    evidence.map((step, i) => [
      step.stepId,
      explainLeak(step, [
        ...valueContrasts('property', ofEvents, i),
        ...valueContrasts('trait', ofCustomers, i),
      ]),
    ]),
  )
}

async function soon<T>(asked: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof StoreFailure && error.code === 'too-slow') return []
    throw error
  }
}
