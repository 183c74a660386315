import type { QuestionContext } from '../asking/question-kind.ts'
import type { Period } from '../question.ts'
import { type Selection, selectionRows } from '../selection/selection.ts'
import { compile, type Compiled, param, type Sql, sql } from '../sql.ts'
import type { VariantsPlan } from './variant-plan.ts'

/** One variant, and beside each what all of them come to. 64-bit numbers as decimal text. */
export interface VariantRow {
  readonly variant: string
  /** Of its first items. */
  readonly codes: readonly number[]
  readonly items: string
  readonly journeys: string
  readonly customers: string
  readonly median_ms: number
  readonly named: readonly string[]
  readonly all_variants: string
  readonly all_journeys: string
  readonly all_customers: string
  readonly all_once: string
}

/** A customer with the variant, when a journey of theirs ended, and how many there are. */
export interface VariantCustomerRow {
  readonly customer: string
  readonly ended: number
  readonly total: string
}

/** Which journeys: items by code and what they are called. */
export interface CodedJourneys {
  readonly selection: Selection
  readonly items: readonly string[]
}

/** Items of one variant that an answer holds. */
const MOST_ITEMS = 200

/**
 * Journeys by what they are made of, the most common first. A variant's number is a hash of the names of its items,
 * so that it means the same in every answer, whatever codes they have.
 */
export function variantsQuery(
  context: QuestionContext,
  journeys: CodedJourneys,
  plan: VariantsPlan,
): Compiled {
  // TRICKY: first by customer, so that who has a variant several times is one customer of it.
  return compile(sql`
    SELECT toString(id) AS variant, arraySlice(way, 1, ${param.count(MOST_ITEMS)}) AS codes,
      length(way) AS items, times AS journeys, holders AS customers, median AS median_ms,
      arraySlice(lowest, 1, ${param.count(plan.examples)}) AS named,
      count() OVER () AS all_variants, sum(times) OVER () AS all_journeys,
      sum(begun) OVER () AS all_customers, countIf(times = 1) OVER () AS all_once
    FROM (
      SELECT id, any(some_way) AS way, sum(some_times) AS times, count() AS holders,
        sum(some_begun) AS begun, quantileExactInclusiveArray(0.5)(spans) AS median,
        groupArraySorted(10)(customer) AS lowest
      FROM (
        SELECT id, customer, any(path) AS some_way, count() AS some_times, sum(first) AS some_begun,
          groupArray(ended - began) AS spans
        FROM (${identified(context, journeys, plan)}) GROUP BY id, customer
      ) GROUP BY id
    ) ORDER BY times DESC, length(way), id LIMIT ${param.count(plan.limit)}`)
}

/** Who has a variant, the latest first. */
export function variantCustomersQuery(
  context: QuestionContext,
  journeys: CodedJourneys,
  plan: VariantsPlan,
  { variant, most }: { readonly variant: bigint; readonly most: number },
): Compiled {
  return compile(sql`
    SELECT customer, latest AS ended, count() OVER () AS total
    FROM (
      SELECT customer, max(ended) AS latest FROM (${identified(context, journeys, plan)})
      WHERE id = ${param.key(variant)} GROUP BY customer
    ) ORDER BY latest DESC, customer LIMIT ${param.count(most)}`)
}

/** Columns: id, customer, path, first (of the customer's journeys), began, ended. */
function identified(
  { reading, kinds }: QuestionContext,
  { selection, items }: CodedJourneys,
  { gapMs, period, collapse }: VariantsPlan,
): Sql {
  const rows = selectionRows(reading, kinds, selection)
  const parts = gapMs === null ? whole(rows) : stays(rows, gapMs, period)
  const path = collapse ? sql`arrayCompact(codes)` : sql`codes`
  // The hashes as a subquery of one row: found once, where an expression would be for every event.
  return sql`
    WITH (SELECT arrayMap(name -> cityHash64(name), ${param.texts(items.slice(1))})) AS hashes
    SELECT cityHash64(arrayMap(code -> hashes[code], path)) AS id, customer, path, first, began, ended
    FROM (SELECT customer, ${path} AS path, first, began, ended FROM (${parts}))`
}

function whole(rows: Sql): Sql {
  return sql`
    SELECT customer, codes, 1 AS first, times[1] AS began, times[-1] AS ended FROM (${rows})`
}

/** Sessions that began in the period. */
function stays(rows: Sql, gapMs: number, period: Period | null): Sql {
  const every = sql`arraySplit((event, pause) -> pause > ${param.ms(gapMs)}, arrayZip(times, codes), arrayDifference(times))`
  const kept =
    period === null
      ? every
      : sql`arrayFilter(stay -> stay[1].1 >= ${param.ms(period.fromMs)} AND stay[1].1 < ${param.ms(period.toMs)}, ${every})`
  return sql`
    SELECT customer, arrayMap(event -> event.2, stay) AS codes, place = 1 AS first,
      stay[1].1 AS began, stay[-1].1 AS ended
    FROM (
      SELECT customer, all_stays[place] AS stay, place FROM (
        SELECT customer, ${kept} AS all_stays FROM (${rows})
      ) ARRAY JOIN arrayEnumerate(all_stays) AS place
    )`
}
