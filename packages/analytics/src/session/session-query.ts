import { eventsAsked } from '../asking/events-asked.ts'
import type { QuestionContext } from '../asking/question-kind.ts'
import { type Selection, selectedEvents } from '../selection/selection.ts'
import { compile, type Compiled, sql } from '../sql.ts'
import { hasForeground } from './session-plan.ts'

export interface ReportedRow {
  readonly reported: number
}

/** A row if some event of the selection reports foreground time. */
export function foregroundQuery(
  { reading, kinds }: QuestionContext,
  selection: Selection,
): Compiled {
  const events = selectedEvents(
    reading,
    kinds,
    { ...selection, code: { as: 'expression', sql: sql`1` }, columns: [] },
    sql`${hasForeground()} AS reported`,
  )
  return compile(sql`SELECT 1 AS reported FROM (${events}) WHERE reported LIMIT 1`)
}

/** Epoch milliseconds and their number as decimal text. */
export interface SpanRow {
  readonly first: string
  readonly last: string
  readonly n: string
}

/** When the first and the last of all events happened. */
export function spanQuery(context: QuestionContext): Compiled {
  const every = selectedEvents(
    context.reading,
    context.kinds,
    { ...eventsAsked({}, null, context), code: { as: 'expression', sql: sql`1` } },
    sql`toUnixTimestamp64Milli(time) AS at`,
  )
  return compile(sql`SELECT min(at) AS first, max(at) AS last, count() AS n FROM (${every})`)
}
