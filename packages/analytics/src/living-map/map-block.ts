import type { NativeBlock } from '../journey/native-block.ts'

/**
 * Journeys as they come from the store: one row a customer, each customer whole and in one block.
 * `ends[r]` is where row r's events end (row 0 starts at 0); events of a row are in order.
 */
export interface MapBlock {
  readonly rows: number
  /** Two words a customer, the lower half of the key first. */
  readonly customers: Uint32Array
  readonly ends: ArrayLike<number>
  /** Two words an event: milliseconds since `LEAD_MS` before the period × 65,536 + code (map-code.ts), the lower half first. */
  readonly events: Uint32Array
  /** Of the events whose code has `VALUED`, in their order; ten-thousandths of the currency. */
  readonly money: Float64Array
}

/** @throws Error when the block does not hold the columns of `mapQuery` */
export function mapBlock(block: NativeBlock): MapBlock {
  const customers = block.columns.get('customer')?.values
  const events = block.columns.get('events')
  const money = block.columns.get('money')?.values ?? NO_MONEY
  if (
    customers instanceof BigUint64Array &&
    events?.values instanceof BigUint64Array &&
    events.ends !== null &&
    money instanceof Float64Array
  ) {
    return {
      rows: block.rows,
      customers: words(customers),
      ends: events.ends,
      events: words(events.values),
      money,
    }
  }
  throw new Error(`not a block of a map: ${[...block.columns.keys()].join(', ')}`)
}

const NO_MONEY = new Float64Array(0)

function words(numbers: BigUint64Array): Uint32Array {
  return new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2)
}
