import { compile, selectedEvents, type Selection, type Sql, sql } from '@parcurs/analytics'
import type { Asking } from './asking.ts'

/** More different values than this are one group from the start. */
export const MAX_VALUES = 10_000

/** The most frequent values of a text over the events of a selection; "" is none of them. */
export async function valuesOf(
  asking: Asking,
  selection: Selection,
  text: Sql,
): Promise<readonly string[]> {
  const events = selectedEvents(asking.reading, asking.kinds, selection, sql`${text} AS text`)
  const rows = await asking.rows<{ text: string }>(
    compile(sql`
      SELECT text FROM (${events}) WHERE text != ''
      GROUP BY text ORDER BY count() DESC, text LIMIT ${{ type: 'UInt32', value: MAX_VALUES }}`),
  )
  return rows.map(({ text }) => text)
}
