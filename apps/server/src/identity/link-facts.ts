import {
  compile,
  param,
  type Removal,
  shown,
  shownAliases,
  shownLinks,
  type Sql,
  sql,
} from '@parcurs/analytics'
import type { IdentityKey, Link } from '@parcurs/domain'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'

export interface LinkFact extends Link {
  readonly anonymous: IdentityKey
}

/** Which links of one anonymous id must be known. */
export interface LinkNeed {
  readonly anonymous: IdentityKey
  readonly sinceMs: number
  /** null: all, at the cost of reading every event's ids. */
  readonly users: readonly IdentityKey[] | null
}

interface StoredFact {
  readonly anonymous: string
  readonly user: string
  readonly time_ms: string
}

/**
 * Links that the store knows: of events that carry both ids, of identify calls, and of merges of an
 * anonymous customer into a user (which count from the time of the merge).
 */
export async function linkFacts(
  clickhouse: ClickHouse,
  workspace: number,
  needs: readonly LinkNeed[],
  removals: readonly Removal[],
): Promise<readonly LinkFact[]> {
  if (needs.length === 0) return []
  const anonymous = param.keys(needs.map((need) => need.anonymous))
  const since = param.ms(Math.min(...needs.map((need) => need.sinceMs)))
  const users = needs.flatMap((need) => need.users ?? [])
  // Users' events lie together, so this reads a few granules a user.
  const ofUsers = needs.every((need) => need.users !== null)
    ? sql`AND key IN ${param.keys([...new Set(users)])}`
    : sql``
  const id = param.workspace(workspace)
  const rows = await clickhouse.rows<StoredFact>(
    compile(sql`
      SELECT DISTINCT anonymous, user, toUnixTimestamp64Milli(time) AS time_ms FROM events
      WHERE workspace = ${id} AND anonymous IN ${anonymous} AND user != 0
        AND time >= fromUnixTimestamp64Milli(${since}) ${ofUsers} ${but(shown(removals))}
      UNION ALL
      SELECT anonymous, user, time AS time_ms FROM links
      WHERE workspace = ${id} AND anonymous IN ${anonymous} AND time >= ${since} ${but(shownLinks(removals))}
      UNION ALL
      SELECT previous AS anonymous, user, time AS time_ms FROM aliases FINAL
      WHERE workspace = ${id} AND previous IN ${anonymous} AND undone = 0 AND time >= ${since}
        ${but(shownAliases(removals))}`),
  )
  return rows.map((row) => ({
    anonymous: BigInt(row.anonymous),
    user: BigInt(row.user),
    timeMs: Number(row.time_ms),
  }))
}

/** Leaves out what was taken away. */
function but(condition: Sql | null): Sql {
  return condition === null ? sql`` : sql`AND ${condition}`
}
