import type { FeedbackScale } from '@parcurs/domain'
import { customersAmong } from '../customer-journey/customer-query.ts'
import type { Reading } from '../journey/reading.ts'
import { customerFeedback, eventsOfCustomers } from '../journey/tables.ts'
import type { Period } from '../question.ts'
import { type Compiled, compile, param, type Sql, sql } from '../sql.ts'

/** One answer. 64-bit and 128-bit numbers as decimal text. */
export interface FeedbackRow {
  readonly customer: string
  readonly at: string
  readonly message: string
  readonly scale: FeedbackScale
  readonly score: number
  readonly touchpoint: string
}

/** Which answers are meant: those that name a touchpoint so, and those without a name of these kinds. */
export interface FeedbackOf {
  readonly touchpoints: readonly string[]
  readonly kinds: readonly number[]
}

/** The latest answers of a period. */
export function latestFeedbackQuery(
  reading: Reading,
  period: Period,
  customers: Sql | null,
  { touchpoints, kinds }: FeedbackOf,
  limit: number,
): Compiled {
  const meant = sql`time >= ${param.instant(period.fromMs)} AND time < ${param.instant(period.toMs)}
    AND if(touchpoint = '', has(${param.codes(kinds)}, kind), has(${param.texts(touchpoints)}, touchpoint))`
  const among = customers === null ? sql`` : sql`WHERE ${customers}`
  return compile(sql`
    SELECT toString(customer) AS customer, toUnixTimestamp64Milli(time) AS at, toString(message) AS message,
      toString(scale) AS scale, score, touchpoint
    FROM (SELECT * FROM (${customerFeedback(reading, meant)}) ${among} ORDER BY time DESC, message LIMIT ${param.count(limit)})
    ORDER BY time DESC, message`)
}

/** The event that an answer came with. */
export interface FeedbackEventRow {
  readonly message: string
  readonly name: string
  readonly channel: string
  readonly properties: Readonly<Record<string, string>>
}

export function feedbackEventsQuery(
  reading: Reading,
  customers: readonly bigint[],
  messages: readonly bigint[],
): Compiled {
  const columns = sql`toString(message) AS id, name, channel, properties`
  const meant = sql`has(${param.messages(messages)}, message)`
  return compile(sql`
    SELECT id AS message, name, channel, properties
    FROM (${eventsOfCustomers(reading, columns, customersAmong(customers), meant)})`)
}
