import { type Kysely, sql } from 'kysely'
import type { ChangeCause, Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'

export interface KeptChanges {
  readonly entered: number
  readonly left: number
  /** The latest first. */
  readonly changes: readonly KeptChange[]
  /** Where the next page begins; null: this was the last. */
  readonly next: string | null
}

export interface KeptChange {
  readonly customer: string
  readonly change: 'entered' | 'left'
  readonly cause: ChangeCause
  readonly flap: boolean
  readonly atMs: number
  readonly toldMs: number
  readonly ruleVersion: number
}

export interface ChangesAsked {
  readonly fromMs: number
  readonly toMs: number
  readonly change: 'entered' | 'left' | null
  /** Number of the last change of the page before. */
  readonly after: number | null
  readonly limit: number
}

/** What was written down of a watched segment in a period; null: it was not watched all through it. */
export async function keptChanges(
  database: Kysely<Database>,
  workspace: number,
  segment: string,
  { fromMs, toMs, change, after, limit }: ChangesAsked,
): Promise<KeptChanges | null> {
  return await inWorkspace(database, workspace, async (tx) => {
    const watched = await tx
      .selectFrom('watched_segments')
      .select('since_ms')
      .where('segment_id', '=', segment)
      .executeTakeFirst()
    if (watched?.since_ms == null || watched.since_ms > fromMs) return null
    const within = tx
      .selectFrom('segment_changes')
      .where('segment_id', '=', segment)
      .where('at_ms', '>=', fromMs)
      .where('at_ms', '<', toMs)
    const counted = await within
      .select([
        sql<number>`count(*) filter (where entered)::integer`.as('entered'),
        sql<number>`count(*) filter (where not entered)::integer`.as('left'),
      ])
      .executeTakeFirstOrThrow()
    const wanted = change === null ? within : within.where('entered', '=', change === 'entered')
    const page = after === null ? wanted : wanted.where('id', '<', after)
    const rows = await page
      .select(['id', 'entered', 'cause', 'flap', 'at_ms', 'told_ms', 'rule_version'])
      .select(sql<string>`customer::text`.as('customer'))
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      ...counted,
      changes: shown.map((row) => ({
        customer: unsigned(row.customer),
        change: row.entered ? 'entered' : 'left',
        cause: row.cause,
        flap: row.flap,
        atMs: row.at_ms,
        toldMs: row.told_ms,
        ruleVersion: row.rule_version,
      })),
      next: rows.length <= limit || last === undefined ? null : String(last.id),
    }
  })
}

/** A customer's key as PostgreSQL keeps it, with a sign. */
export function signed(customer: bigint | string): string {
  return String(BigInt.asIntN(64, BigInt(customer)))
}

export function unsigned(kept: string): string {
  return String(BigInt.asUintN(64, BigInt(kept)))
}
