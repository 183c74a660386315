import { COMMENT_PROPERTIES, type SaidLeaf, touchpointNames } from '@parcurs/domain'
import { decidedRule } from '../condition/decided-rule.ts'
import { customerEvents, customerFeedback } from '../journey/tables.ts'
import { param, sql, type Sql } from '../sql.ts'
import { periodOfWindow, type SegmentReading } from './segment-reading.ts'
import { testSql } from './number-test-sql.ts'

// As `trim` in memory: the engine's own takes spaces away only.
const EDGES = String.raw`^[\s\x0B\p{Z}\x{FEFF}]+|[\s\x0B\p{Z}\x{FEFF}]+$`

const NOBODY = sql`SELECT toUInt64(0) AS customer WHERE false`

function trimmed(text: Sql): Sql {
  return sql`replaceRegexpAll(${text}, ${param.text(EDGES)}, '')`
}

/** Customers with such an answer, or whose latest is such. As `saidOf` in memory. */
export function saidCustomers(at: SegmentReading, leaf: SaidLeaf): Sql {
  const period = periodOfWindow(at, leaf.window)
  const inPeriod =
    period === null
      ? sql`scale = ${param.text(leaf.scale)}`
      : sql`scale = ${param.text(leaf.scale)}
          AND time >= ${param.instant(period.fromMs)} AND time < ${param.instant(period.toMs)}`
  const given = customerFeedback(at.reading, inPeriod)
  const known = leaf.touchpoint === null ? null : at.scope.touchpoint(leaf.touchpoint)
  if (leaf.touchpoint !== null && known === null) return NOBODY
  const names = known === null ? [] : touchpointNames(leaf.touchpoint ?? '', known)
  const ofEvent = known === null ? sql`true` : decidedRule(known.rule, at.kinds).condition
  const about =
    known === null
      ? sql`true`
      : sql`if(touchpoint = '', of_event, has(${param.texts(names)}, lowerUTF8(${trimmed(sql`touchpoint`)})))`
  const written = sql`arrayFirst(text -> text != '',
    arrayMap(name -> ${trimmed(sql`properties[name]`)}, ${param.texts(COMMENT_PROPERTIES)}))`
  const events = customerEvents(
    at.reading,
    sql`message AS event_message, ${written} AS comment, ${ofEvent} AS of_event`,
    sql`message IN (SELECT message FROM (${given}))`,
  )
  const answers = sql`
    SELECT customer, time, message, score, comment
    FROM (${given}) AS given LEFT ANY JOIN (SELECT event_message, comment, of_event FROM (${events})) AS event
      ON given.message = event.event_message
    WHERE ${about}`
  const test = leaf.test === null ? sql`true` : testSql(sql`score`, leaf.test)
  const words =
    leaf.words === null
      ? sql`true`
      : sql`position(lowerUTF8(comment), ${param.text(leaf.words.toLowerCase())}) > 0 AND comment != ''`
  if (leaf.which === 'any') {
    return sql`SELECT customer FROM (${answers}) WHERE ${test} AND ${words}`
  }
  return sql`
    SELECT customer FROM (
      SELECT customer, latest.1 AS score, latest.2 AS comment FROM (
        SELECT customer, argMax((score, comment), (time, message)) AS latest FROM (${answers}) GROUP BY customer)
    ) WHERE ${test} AND ${words}`
}
