import type { Reading } from '../journey/reading.ts'
import { askableTraits, customerEvents } from '../journey/tables.ts'
import { type Compiled, compile, param, sql } from '../sql.ts'

/** A name with its most frequent values; `distinct` says how many there are. 64-bit numbers as decimal text. */
export interface WordRow {
  readonly name: string
  readonly count: string
  readonly distinct: string
  readonly values: readonly string[]
}

/** Properties are read from this many events: those stored first by key, and keys are hashes, so a fair draw. */
const SAMPLE_EVENTS = 200_000

export function propertiesQuery(reading: Reading): Compiled {
  // Whose event it is does not matter here, so no owners are looked up and the limit stops the reading.
  const events = customerEvents({ ...reading, owned: false }, sql`properties`)
  return compile(sql`
    SELECT pair.1 AS name, count() AS count, uniq(pair.2) AS distinct, topK(20)(pair.2) AS values
    FROM (
      SELECT arrayJoin(CAST(properties, 'Array(Tuple(String, String))')) AS pair
      FROM (SELECT properties FROM (${events}) LIMIT ${param.count(SAMPLE_EVENTS)})
    ) GROUP BY name ORDER BY count DESC, name LIMIT 500`)
}

export function traitsQuery(reading: Reading): Compiled {
  return compile(sql`
    SELECT trait AS name, count() AS count, uniq(value) AS distinct, topK(20)(value) AS values
    FROM (${askableTraits(reading)}) GROUP BY trait ORDER BY count DESC, name LIMIT 500`)
}
