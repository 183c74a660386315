import type { EventKind } from '@parcurs/domain'
import type { Reading } from '../journey/reading.ts'
import { rawJourneys, type Selection } from '../selection/selection.ts'
import { compile, join, param, sql, type Compiled } from '../sql.ts'
import type { FunnelRules } from './funnel-rules.ts'
import { emptyTally, type FunnelTally } from './funnel-tally.ts'

/** How many customers got exactly as far as `level`, and how many of them are still in time. */
export interface FunnelLevelRow {
  readonly level: number
  /** Decimal text. */
  readonly customers: string
  readonly open: string
}

// TRICKY: windowFunnel takes unsigned times only; moved up, times before 1970 keep their order.
const UNSIGNED = sql`4611686018427387904`

/**
 * The ordered funnel of customers in the store: windowFunnel runs on each journey's arrays, so nothing
 * is grouped and nothing travels but a row a level.
 */
export function funnelQuery(
  reading: Reading,
  kinds: readonly EventKind[],
  selection: Selection,
  rules: FunnelRules,
  nowMs: number,
): Compiled {
  const steps = Array.from(
    { length: rules.stepCount },
    (_, i) => sql`arrayMap(code -> code = ${param.code(1 << i)}, codes)`,
  )
  const rows = rawJourneys(reading, kinds, selection)
  if (rows === null) throw new Error('this funnel is not one for the store')
  return compile(sql`
    SELECT level, count() AS customers, countIf(newest >= ${param.ms(nowMs - rules.windowMs)}) AS open
    FROM (
      SELECT
        arrayReduce(${param.text(`windowFunnel(${rules.windowMs})`)}, arrayMap(t -> toUInt64(t + ${UNSIGNED}), times), ${join(steps, ', ')}) AS level,
        times[arrayLastIndex(code -> code = 1, codes)] AS newest
      FROM (${rows})
    )
    WHERE level > 0 GROUP BY level ORDER BY level`)
}

/** "Exactly this far" becomes "at least this far". */
export function tallyOfLevels(rows: readonly FunnelLevelRow[], stepCount: number): FunnelTally {
  const tally = emptyTally(stepCount)
  for (const { level, customers, open } of rows) {
    for (let step = 0; step < level; step++) {
      tally.reached[step] = (tally.reached[step] ?? 0) + Number(customers)
    }
    if (level < stepCount) tally.inProgress += Number(open)
  }
  return tally
}
