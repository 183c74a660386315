import type { SequenceLeaf } from '@parcurs/domain'
import { codingOf } from '../journey/coding.ts'
import { journeysOf } from '../journey/journey-source.ts'
import { join, param, sql, type Sql } from '../sql.ts'
import { periodOfWindow, resolvedRule, type SegmentReading } from './segment-reading.ts'

/**
 * Customers whose events hold the steps in order: one pass over each journey that carries, for every step but the last,
 * the chains that ended with it, as (its time, the time of its first step). As `hasSequence` in memory.
 */
export function sequenceCustomers(at: SegmentReading, leaf: SequenceLeaf): Sql {
  const rules = [...leaf.steps, ...(leaf.without === null ? [] : [leaf.without])]
  const coding = codingOf(
    rules.map((rule, i) => ({ code: 1 << i, rule: resolvedRule(at, rule) })),
    at.kinds,
    'mask',
  )
  const period = periodOfWindow(at, leaf.window)
  const journeys = journeysOf(at.reading, { coding, period, keep: 'matched', customers: null })
  const last = leaf.steps.length - 1
  const breaks = leaf.without === null ? null : bit(last + 1)
  const kept = Array.from({ length: last }, (_, step) => keptChains(leaf, step, breaks))
  const done = sql`(held.${NUMBERS[last] ?? sql`1`} OR (${bit(last)} AND notEmpty(${openChains(leaf, last - 1)})))`
  const begin = [...Array.from({ length: last }, () => NO_CHAINS), sql`false`]
  return sql`
    SELECT customer FROM (${journeys})
    WHERE arrayFold((held, at, code) -> tuple(${join([...kept, done], ', ')}), times, codes,
      tuple(${join(begin, ', ')})).${NUMBERS[last] ?? sql`1`}`
}

const NO_CHAINS = sql`CAST([], 'Array(Tuple(Int64, Int64))')`

/** At most ten steps. */
const NUMBERS = [sql`1`, sql`2`, sql`3`, sql`4`, sql`5`, sql`6`, sql`7`, sql`8`, sql`9`, sql`10`]

function bit(n: number): Sql {
  return sql`bitTest(code, ${param.code(n)})`
}

/** Chains of a step that may still go on. */
function openChains({ stepWithinMs, withinMs }: SequenceLeaf, step: number): Sql {
  const chains = sql`held.${NUMBERS[step] ?? sql`1`}`
  const limits = [
    ...(stepWithinMs === null ? [] : [sql`at - chain.1 <= ${param.ms(stepWithinMs)}`]),
    ...(withinMs === null ? [] : [sql`at - chain.2 <= ${param.ms(withinMs)}`]),
  ]
  if (limits.length === 0) return chains
  return sql`arrayFilter(chain -> ${join(limits, ' AND ')}, ${chains})`
}

/** Those of a step after this event. One that began and ended earlier than another helps nobody. */
function keptChains(leaf: SequenceLeaf, step: number, breaks: Sql | null): Sql {
  const open = openChains(leaf, step)
  const left = breaks === null ? open : sql`if(${breaks}, ${NO_CHAINS}, ${open})`
  const before = step === 0 ? null : openChains(leaf, step - 1)
  const since = before === null ? sql`at` : sql`arrayMax(arrayMap(chain -> chain.2, ${before}))`
  const begins = before === null ? bit(0) : sql`(${bit(step)} AND notEmpty(${before}))`
  return sql`if(${begins},
    arrayPushBack(arrayFilter(chain -> chain.2 > ${since}, ${left}), tuple(at, ${since})), ${left})`
}
