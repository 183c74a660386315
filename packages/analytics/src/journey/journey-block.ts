import { sql, type Sql } from '../sql.ts'
import type { NativeBlock } from './native-block.ts'

/** Some customers' journeys side by side, for measures that run in memory. */
export interface JourneyBlock {
  readonly customers: BigUint64Array
  /** Events of customer i stand at `ends[i − 1] … ends[i] − 1`. */
  readonly ends: Uint32Array
  /** Epoch milliseconds. */
  readonly times: Float64Array
  readonly codes: Uint32Array
  /** Ten-thousandths of the workspace's currency. */
  readonly values: Float64Array
}

/** Makes rows of `journeysOf` fit for `journeyBlock`: 64-bit integers become doubles (exact up to 2⁵³). */
export function blockRows(journeys: Sql): Sql {
  return sql`
    SELECT customer, arrayMap(t -> toFloat64(t), times) AS times, codes,
      arrayMap(v -> toFloat64(v), values) AS values
    FROM (${journeys})`
}

/** @throws Error when the block does not hold the columns of `blockRows` */
export function journeyBlock(block: NativeBlock): JourneyBlock {
  const customers = block.columns.get('customer')?.values
  const times = block.columns.get('times')
  const codes = block.columns.get('codes')?.values
  const values = block.columns.get('values')?.values
  if (
    customers instanceof BigUint64Array &&
    times?.values instanceof Float64Array &&
    times.ends !== null &&
    codes instanceof Uint32Array &&
    values instanceof Float64Array
  ) {
    return { customers, ends: times.ends, times: times.values, codes, values }
  }
  throw new Error(`not a block of journeys: ${[...block.columns.keys()].join(', ')}`)
}
