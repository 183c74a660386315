import type { EventType } from '@parcurs/domain'
import type { Reading } from '../journey/reading.ts'
import { eventsOfCustomers } from '../journey/tables.ts'
import { type Compiled, compile, param, sql } from '../sql.ts'
import { customersAmong } from './customer-query.ts'

/** One event of a customer. 64-bit numbers as decimal text. */
export interface JourneyEventRow {
  readonly at: string
  readonly type: EventType
  readonly name: string
  readonly channel: string
  readonly path: string
  readonly value: number | null
  readonly currency: string
  readonly properties: Readonly<Record<string, string>>
  readonly identity: string
}

/** More are paged. */
export const MOST_JOURNEY_EVENTS = 5000

/** The latest events before an instant (null: all), in the order they happened. */
export function customerJourneyQuery(
  reading: Reading,
  customer: bigint,
  beforeMs: number | null,
): Compiled {
  const columns = sql`toUnixTimestamp64Milli(time) AS at, position, message, type, name, channel, path,
    toFloat64(value) AS value, currency, properties, if(user_id != '', user_id, anonymous_id) AS identity`
  const where = beforeMs === null ? null : sql`time < ${param.instant(beforeMs)}`
  return compile(sql`
    SELECT at, type, name, channel, path, value, currency, properties, identity
    FROM (
      SELECT * FROM (${eventsOfCustomers(reading, columns, customersAmong([customer]), where)})
      ORDER BY at DESC, position DESC, message DESC LIMIT ${param.count(MOST_JOURNEY_EVENTS)}
    ) ORDER BY at, position, message`)
}

export interface IdentityRow {
  readonly kind: 'user' | 'anonymous'
  readonly value: string
  readonly key: string
  /** Events that came in under it. */
  readonly events: string
}

/** Every id that the customer's events carry. */
export function identitiesQuery(reading: Reading, customer: bigint): Compiled {
  const columns = sql`key, user, anonymous, user_id, anonymous_id`
  return compile(sql`
    SELECT identity.1 AS kind, identity.2 AS value, identity.3 AS key, sum(identity.4) AS events
    FROM (
      SELECT arrayJoin([('user', user_id, user, key = user), ('anonymous', anonymous_id, anonymous, key = anonymous)]) AS identity
      FROM (${eventsOfCustomers(reading, columns, customersAmong([customer]))})
    ) WHERE identity.2 != ''
    GROUP BY kind, value, key ORDER BY events DESC, kind, value LIMIT 1000`)
}
