import type { Reading } from '../journey/reading.ts'
import { anyTrait, eventsOfCustomers, traitsOfCustomers } from '../journey/tables.ts'
import { type Compiled, compile, param, type Sql, sql } from '../sql.ts'
import type { LeakEvidence } from './leak-evidence.ts'
import { explainLeak, type ValueContrast } from './leak-reasons.ts'
import type { FoundReason } from './living-map.ts'

/** Customers of both samples of a step with a property there, or a trait, of this value. Counts as decimal text. */
export interface LeakValueRow {
  /** Number of the evidence. */
  readonly evidence: number
  readonly name: string
  readonly value: string
  readonly left_count: string
  readonly moved_count: string
}

/** Whom the rows of one evidence tell of. */
export type LeakSamples = Pick<LeakEvidence, 'stepId' | 'leftSample' | 'movedSample'>

/** Longer values are not categories. */
const MOST_CHARS = 60
/**
 * Values that fewer of those who left have are no reason. How few of the others have one is counted to the last:
 * left out it would stand for nobody.
 */
export const FEWEST_LEFT_SAMPLED = 5

/** A tag is 2 × number of the evidence, + 1 for those who moved on. */
const bothSides = sql`intDiv(tag, 2) AS evidence, name, value,
      uniqExactIf(customer, tag % 2 = 0) AS left_count, uniqExactIf(customer, tag % 2 = 1) AS moved_count`
const heldBy = (fewest: number) =>
  sql`GROUP BY evidence, name, value HAVING left_count >= ${param.count(fewest)}`

/**
 * Properties of the sampled customers' events at the steps they left or moved on from, up to the reading's last
 * commit; null: nobody was sampled.
 *
 * @param fewest of those who left, who have a value
 */
export function leakPropertiesQuery(
  reading: Reading,
  samples: readonly LeakSamples[],
  fewest = FEWEST_LEFT_SAMPLED,
): Compiled | null {
  const { keys, times, tags } = sampled(samples)
  if (keys.length === 0) return null
  const columns = sql`toUnixTimestamp64Milli(time) AS at, properties, channel`
  const atVisit = sql`has(${param.keys([...new Set(times)])}, toUInt64(toUnixTimestamp64Milli(time)))`
  return compile(sql`
    SELECT ${bothSides}
    FROM (
      SELECT customer, toUInt64(at) AS visit, pair.1 AS name, pair.2 AS value,
        arrayJoin(arrayPushBack(CAST(properties, 'Array(Tuple(String, String))'), ('channel', toString(channel)))) AS pair
      FROM (${eventsOfCustomers(reading, columns, each(keys), atVisit, true)})
    ) AS seen
    INNER JOIN (
      SELECT sampled.1 AS who, sampled.2 AS visit, sampled.3 AS tag
      FROM (SELECT arrayJoin(arrayZip(${param.keys(keys)}, ${param.keys(times)}, ${param.codes(tags)})) AS sampled)
    ) AS sample ON seen.customer = sample.who AND seen.visit = sample.visit
    WHERE ${isCategory(sql`value`)}
    ${heldBy(fewest)}`)
}

/** Traits of the sampled customers; null: nobody was sampled. */
export function leakTraitsQuery(
  reading: Reading,
  samples: readonly LeakSamples[],
): Compiled | null {
  const { keys, tags } = sampled(samples)
  if (keys.length === 0) return null
  return compile(sql`
    SELECT ${bothSides}
    FROM (SELECT customer, trait AS name, value FROM (${traitsOfCustomers(reading, each(keys))})) AS known
    INNER JOIN (
      SELECT sampled.1 AS who, sampled.2 AS tag
      FROM (SELECT arrayJoin(arrayZip(${param.keys(keys)}, ${param.codes(tags)})) AS sampled)
    ) AS sample ON known.customer = sample.who
    WHERE ${isCategory(sql`value`)}
    ${heldBy(FEWEST_LEFT_SAMPLED)}`)
}

export interface TraitThereRow {
  readonly some: number
}

/** A row if anything is known of customers, so that the samples are worth looking up. */
export function anyTraitQuery(reading: Reading): Compiled {
  return compile(sql`SELECT 1 AS some FROM (${anyTrait(reading)})`)
}

function sampled(samples: readonly LeakSamples[]) {
  const keys: bigint[] = []
  const times: bigint[] = []
  const tags: number[] = []
  samples.forEach(({ leftSample, movedSample }, i) => {
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
  return rows
    .filter(({ evidence }) => evidence === evidenceNumber)
    .map(({ name, value, left_count, moved_count }) => ({
      of,
      name,
      value,
      left: Number(left_count),
      moved: Number(moved_count),
    }))
}

/** Why customers leave, by step. */
export function explainedLeaks(
  evidence: readonly LeakEvidence[],
  properties: readonly LeakValueRow[],
  traits: readonly LeakValueRow[],
): ReadonlyMap<string, readonly FoundReason[]> {
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
