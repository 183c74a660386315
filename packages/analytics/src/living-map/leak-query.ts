import type { Reading } from '../journey/reading.ts'
import { anyTrait, eventsOfCustomers, traitsOfCustomers } from '../journey/tables.ts'
import { type Compiled, compile, param, type Sql, sql } from '../sql.ts'
import type { LeakEvidence } from './leak-evidence.ts'
import { type ExplainedLeak, explainLeak, type ValueContrast } from './leak-reasons.ts'

/** Customers of a sample with a property at the step, or a trait, of this value. */
export interface LeakValueRow {
  /** 2 × number of the evidence, + 1 for those who moved on. */
  readonly tag: number
  readonly name: string
  readonly value: string
  /** Decimal text. */
  readonly customers: string
}

/** Longer values are not categories. */
const MOST_CHARS = 60
/** Values that fewer of a sample have are no reason. */
const FEWEST_SAMPLED = 5

/** Properties of the sampled customers' events at the steps they left or moved on from; null: nobody was sampled. */
export function leakPropertiesQuery(
  reading: Reading,
  evidence: readonly LeakEvidence[],
): Compiled | null {
  const { keys, times, tags } = sampled(evidence)
  if (keys.length === 0) return null
  const columns = sql`toUnixTimestamp64Milli(time) AS at, properties, channel`
  const atVisit = sql`has(${param.keys([...new Set(times)])}, toUInt64(toUnixTimestamp64Milli(time)))`
  return compile(sql`
    SELECT tag, pair.1 AS name, pair.2 AS value, uniqExact(customer) AS customers
    FROM (
      SELECT customer, toUInt64(at) AS visit,
        arrayJoin(arrayPushBack(CAST(properties, 'Array(Tuple(String, String))'), ('channel', toString(channel)))) AS pair
      FROM (${eventsOfCustomers(reading, columns, each(keys), atVisit)})
    ) AS seen
    INNER JOIN (
      SELECT sampled.1 AS who, sampled.2 AS visit, sampled.3 AS tag
      FROM (SELECT arrayJoin(arrayZip(${param.keys(keys)}, ${param.keys(times)}, ${param.codes(tags)})) AS sampled)
    ) AS sample ON seen.customer = sample.who AND seen.visit = sample.visit
    WHERE ${isCategory(sql`pair.2`)}
    GROUP BY tag, name, value
    HAVING customers >= ${param.count(FEWEST_SAMPLED)}`)
}

/** Traits of the sampled customers; null: nobody was sampled. */
export function leakTraitsQuery(
  reading: Reading,
  evidence: readonly LeakEvidence[],
): Compiled | null {
  const { keys, tags } = sampled(evidence)
  if (keys.length === 0) return null
  return compile(sql`
    SELECT tag, trait AS name, value, uniqExact(customer) AS customers
    FROM (${traitsOfCustomers(reading, each(keys))}) AS known
    INNER JOIN (
      SELECT sampled.1 AS who, sampled.2 AS tag
      FROM (SELECT arrayJoin(arrayZip(${param.keys(keys)}, ${param.codes(tags)})) AS sampled)
    ) AS sample ON known.customer = sample.who
    WHERE ${isCategory(sql`value`)}
    GROUP BY tag, name, value
    HAVING customers >= ${param.count(FEWEST_SAMPLED)}`)
}

export interface TraitThereRow {
  readonly some: number
}

/** A row if anything is known of customers, so that the samples are worth looking up. */
export function anyTraitQuery(reading: Reading): Compiled {
  return compile(sql`SELECT 1 AS some FROM (${anyTrait(reading)})`)
}

function sampled(evidence: readonly LeakEvidence[]) {
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
  return { keys, times, tags }
}

function each(keys: readonly bigint[]): Sql {
  return sql`SELECT arrayJoin(${param.keys([...new Set(keys)])})`
}

function isCategory(value: Sql): Sql {
  return sql`length(${value}) <= ${param.count(MOST_CHARS)} AND ${value} != ''`
}

/** Rows of one step's evidence as contrasts. */
export function valueContrasts(
  of: ValueContrast['of'],
  rows: readonly LeakValueRow[],
  evidenceNumber: number,
): readonly ValueContrast[] {
  const found = new Map<string, { name: string; value: string; left: number; moved: number }>()
  for (const { tag, name, value, customers } of rows) {
    if (Math.floor(tag / 2) !== evidenceNumber) continue
    const key = JSON.stringify([name, value])
    const held = found.get(key) ?? { name, value, left: 0, moved: 0 }
    if (tag % 2 === 0) held.left = Number(customers)
    else held.moved = Number(customers)
    found.set(key, held)
  }
  return [...found.values()].map((contrast) => ({ of, ...contrast }))
}

/** Why customers leave, by step. */
export function explainedLeaks(
  evidence: readonly LeakEvidence[],
  properties: readonly LeakValueRow[],
  traits: readonly LeakValueRow[],
): ReadonlyMap<string, ExplainedLeak> {
  return new Map(
    evidence.map((step, i) => [
      step.stepId,
      explainLeak(step, [
        ...valueContrasts('property', properties, i),
        ...valueContrasts('trait', traits, i),
      ]),
    ]),
  )
}
