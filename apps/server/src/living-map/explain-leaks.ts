import {
  type ExplainedLeak,
  explainLeak,
  type LeakPropertyRow,
  leakPropertiesQuery,
  type MapCounts,
  propertyContrasts,
  type Reading,
} from '@parcurs/analytics'
import { StoreFailure } from '../clickhouse/clickhouse.ts'
import type { Stores } from '../program/stores.ts'
import { limits } from './count-map.ts'

const LEAK_SECONDS = 5

/** Looks into the events of some who left and some who moved on; without them when that takes too long. */
export async function explainLeaks(
  { stores }: { readonly stores: Pick<Stores, 'clickhouse'> },
  reading: Reading,
  { evidence }: MapCounts,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ExplainedLeak>> {
  const query = leakPropertiesQuery(reading, evidence)
  const rows =
    query === null
      ? []
      : await soon(
          stores.clickhouse.rows<LeakPropertyRow>(query, {
            ...limits(signal),
            maxSeconds: LEAK_SECONDS,
          }),
        )
  return new Map(
    evidence.map((step, i) => [step.stepId, explainLeak(step, propertyContrasts(rows, i))]),
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
