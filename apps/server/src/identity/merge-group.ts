import { compile, param, type Removal, shownAliases, sql } from '@parcurs/analytics'
import type { IdentityKey, Merge } from '@parcurs/domain'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'

/** A merge as `aliases` holds it. */
export interface MergeRow extends Merge {
  readonly timeMs: number
  /** When it was made or last repeated, by our clock. */
  readonly receivedMs: number
}

/** Every merge that stands and is connected with one of the users, directly or through others. */
export async function mergesAround(
  clickhouse: ClickHouse,
  workspace: number,
  users: readonly IdentityKey[],
  removals: readonly Removal[],
): Promise<readonly MergeRow[]> {
  const there = shownAliases(removals)
  const but = there === null ? sql`` : sql`AND ${there}`
  const seen = new Set<IdentityKey>()
  const found = new Map<string, MergeRow>()
  let edge = [...new Set(users)]
  while (edge.length > 0) {
    for (const user of edge) seen.add(user)
    const keys = param.keys(edge)
    const rows = await clickhouse.rows<{
      previous: string
      user: string
      time: string
      received: string
    }>(
      compile(sql`
        SELECT previous, user, time, received FROM aliases FINAL
        WHERE workspace = ${param.workspace(workspace)} AND undone = 0
          AND (previous IN ${keys} OR user IN ${keys}) ${but}`),
    )
    for (const row of rows) {
      found.set(`${row.previous} ${row.user}`, {
        previous: BigInt(row.previous),
        user: BigInt(row.user),
        timeMs: Number(row.time),
        receivedMs: Number(row.received),
      })
    }
    edge = [
      ...new Set([...found.values()].flatMap(({ previous, user }) => [previous, user])),
    ].filter((user) => !seen.has(user))
  }
  return [...found.values()]
}
