import { FORMULA_START, type ResolvedSegment, SIGNED_NUMBER } from '@parcurs/domain'
import { customerEvents } from '../journey/tables.ts'
import { segmentCustomers } from '../segment/segment-query.ts'
import type { SegmentReading } from '../segment/segment-reading.ts'
import { type Compiled, compile, param, type Sql, sql } from '../sql.ts'

/**
 * One row an id: customer, kind (user or anonymous), id, guarded as a cell of CSV. Ids that no event ever carried are
 * not known as text.
 */
export function exportRowsQuery(at: SegmentReading, rule: ResolvedSegment): Compiled {
  return compile(sql`
    SELECT DISTINCT toString(customer) AS customer, identity.1 AS kind, ${guardedCell(sql`identity.2`)} AS id
    FROM (
      SELECT customer, arrayJoin([('user', user_id), ('anonymous', anonymous_id)]) AS identity
      FROM (${eventsOfMembers(at, rule)})
    ) WHERE identity.2 != ''`)
}

/** One row a customer: customer, userIds, anonymousIds. */
export function exportLinesQuery(at: SegmentReading, rule: ResolvedSegment): Compiled {
  return compile(sql`
    SELECT toString(customer) AS customer,
      arraySort(groupUniqArrayIf(user_id, user_id != '')) AS userIds,
      arraySort(groupUniqArrayIf(anonymous_id, anonymous_id != '')) AS anonymousIds
    FROM (
      ${eventsOfMembers(at, rule)}
      UNION ALL SELECT customer, '' AS user_id, '' AS anonymous_id FROM (${segmentCustomers(at, rule)})
    ) GROUP BY customer`)
}

function eventsOfMembers(at: SegmentReading, rule: ResolvedSegment): Sql {
  return sql`
    SELECT customer, user_id, anonymous_id FROM (${customerEvents(at.reading, sql`user_id, anonymous_id`)})
    WHERE customer IN (${segmentCustomers(at, rule)})`
}

function guardedCell(text: Sql): Sql {
  const formula = sql`match(${text}, ${param.text(FORMULA_START)}) AND NOT match(${text}, ${param.text(SIGNED_NUMBER)})`
  return sql`if(${formula}, concat(${param.text("'")}, ${text}), ${text})`
}
