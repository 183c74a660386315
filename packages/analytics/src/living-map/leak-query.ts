import type { Reading } from '../journey/reading.ts'
import { eventsOfCustomers } from '../journey/tables.ts'
import { type Compiled, compile, param, sql } from '../sql.ts'
import type { LeakEvidence } from './leak-evidence.ts'
import type { PropertyContrast } from './leak-reasons.ts'

/** Customers of a sample whose events at the step had this property. */
export interface LeakPropertyRow {
  /** 2 × number of the evidence, + 1 for those who moved on. */
  readonly tag: number
  readonly property: string
  readonly value: string
  /** Decimal text. */
  readonly customers: string
}

/** Longer values are not categories. */
const MOST_CHARS = 60

/** Properties of the sampled customers' events at the steps they left or moved on from; null: nobody was sampled. */
export function leakPropertiesQuery(
  reading: Reading,
  evidence: readonly LeakEvidence[],
): Compiled | null {
  const keys: bigint[] = []
  const times: bigint[] = []
  const tags: number[] = []
  evidence.forEach(({ leftSample, movedSample }, i) => {
    for (const [side, sample] of [leftSample, movedSample].entries()) {
      for (const { customer, timeMs } of sample) {
        if (timeMs < 0) continue
        keys.push(BigInt(customer))
        times.push(BigInt(timeMs))
        tags.push(i * 2 + side)
      }
    }
  })
  if (keys.length === 0) return null
  const columns = sql`toUnixTimestamp64Milli(time) AS at, properties, channel`
  const atVisit = sql`has(${param.keys([...new Set(times)])}, toUInt64(toUnixTimestamp64Milli(time)))`
  const customers = sql`SELECT arrayJoin(${param.keys([...new Set(keys)])})`
  return compile(sql`
    SELECT tag, pair.1 AS property, pair.2 AS value, uniqExact(customer) AS customers
    FROM (
      SELECT customer, toUInt64(at) AS visit,
        arrayJoin(arrayPushBack(CAST(properties, 'Array(Tuple(String, String))'), ('channel', toString(channel)))) AS pair
      FROM (${eventsOfCustomers(reading, columns, customers, atVisit)})
    ) AS seen
    INNER JOIN (
      SELECT sampled.1 AS who, sampled.2 AS visit, sampled.3 AS tag
      FROM (SELECT arrayJoin(arrayZip(${param.keys(keys)}, ${param.keys(times)}, ${param.codes(tags)})) AS sampled)
    ) AS sample ON seen.customer = sample.who AND seen.visit = sample.visit
    WHERE length(pair.2) <= ${param.count(MOST_CHARS)} AND pair.2 != ''
    GROUP BY tag, property, value
    HAVING customers >= 5`)
}

/** Rows of one step's evidence as contrasts. */
export function propertyContrasts(
  rows: readonly LeakPropertyRow[],
  evidenceNumber: number,
): readonly PropertyContrast[] {
  const found = new Map<string, { property: string; value: string; left: number; moved: number }>()
  for (const { tag, property, value, customers } of rows) {
    if (Math.floor(tag / 2) !== evidenceNumber) continue
    const key = JSON.stringify([property, value])
    const held = found.get(key) ?? { property, value, left: 0, moved: 0 }
    if (tag % 2 === 0) held.left = Number(customers)
    else held.moved = Number(customers)
    found.set(key, held)
  }
  return [...found.values()]
}
