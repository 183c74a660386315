import { compile, param, type Sql, sql } from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'

const NEVER = sql`1`

/**
 * Figures straight from the `events` of a workspace in plain SQL: what tests on imported files compare
 * with, independent of the questions the product answers.
 */
export function eventFigures(clickhouse: ClickHouse, workspaceId: number) {
  const rows = sql`events WHERE workspace = ${param.workspace(workspaceId)}`
  async function ask<Row>(query: Sql): Promise<readonly Row[]> {
    return await clickhouse.rows<Row>(compile(query))
  }
  async function one(query: Sql): Promise<number> {
    const [row] = await ask<{ n: string | number }>(query)
    return Number(row?.n)
  }
  /** One row a customer: names and times in order. */
  const journeys = (where: Sql) => sql`
    SELECT key, arraySort(groupArray((time, position, message, name))) AS events,
      arrayMap(e -> e.4, events) AS names, arrayMap(e -> toUnixTimestamp64Milli(e.1), events) AS times
    FROM ${rows} AND (${where}) GROUP BY key`
  return {
    ask,
    one,
    rows,
    journeys,
    counts: async () => ({
      events: await one(sql`SELECT count() AS n FROM ${rows}`),
      customers: await one(sql`SELECT uniqExact(key) AS n FROM ${rows}`),
      names: await one(sql`SELECT uniqExact(name) AS n FROM ${rows}`),
    }),
    byName: async () => {
      const found = await ask<{ name: string; n: string }>(
        sql`SELECT name, count() AS n FROM ${rows} GROUP BY name ORDER BY name`,
      )
      return Object.fromEntries(found.map(({ name, n }) => [name, Number(n)]))
    },
    /** Customers by how many of the steps they reached in order, the greedy earliest match; no window. */
    funnel: async (steps: readonly string[], where: Sql = NEVER) => {
      const reached = await ask<{ level: number; n: string }>(sql`
        SELECT arrayFold((level, name) -> if(name = ${param.texts(steps)}[level + 1], level + 1, level),
          names, toInt64(0)) AS level, count() AS n
        FROM (${journeys(where)}) GROUP BY level`)
      return steps.map((_, i) =>
        reached.reduce((sum, { level, n }) => (Number(level) > i ? sum + Number(n) : sum), 0),
      )
    },
    /** How many different sequences of names there are, and how many customers have the commonest. */
    variants: async () => {
      const found = await ask<{ n: string }>(
        sql`SELECT count() AS n FROM (${journeys(NEVER)}) GROUP BY names ORDER BY n DESC`,
      )
      return { count: found.length, commonest: found.slice(0, 3).map(({ n }) => Number(n)) }
    },
    /** A session ends when more than 30 minutes pass without an event. */
    sessions: async () => {
      const [found] = await ask<{ all: string; single: string; purchasing: string }>(sql`
        SELECT count() AS all, countIf(length(session) = 1) AS single,
          countIf(has(session, 'purchase')) AS purchasing
        FROM (
          SELECT arrayJoin(arraySplit((n, t) -> t, names,
            arrayMap((a, b) -> a - b > 1800000, times, arrayPushFront(arrayPopBack(times), times[1])))) AS session
          FROM (${journeys(NEVER)}))`)
      return {
        all: Number(found?.all),
        single: Number(found?.single),
        purchasing: Number(found?.purchasing),
      }
    },
    transitions: async () => {
      const found = await ask<{ pair: string; n: string }>(sql`
        SELECT concat(step.1, '>', step.2) AS pair, count() AS n
        FROM (SELECT arrayJoin(arrayZip(arrayPopBack(names), arrayPopFront(names))) AS step
          FROM (${journeys(NEVER)}))
        GROUP BY pair`)
      return Object.fromEntries(found.map(({ pair, n }) => [pair, Number(n)]))
    },
  }
}
