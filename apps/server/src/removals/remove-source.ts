import { compile, param, type Reading, type Removal, sql } from '@parcurs/analytics'
import { readingOf } from '../journeys/reading.ts'
import type { EventStore } from '../log/event-store.ts'
import { countRemoval, remove, type RemovalCount } from './remove.ts'

/** What a key or an import brought, since an instant by the server's clock (null: ever). */
export interface SourceAsked {
  readonly source: number
  readonly sinceMs: number | null
}

export async function countSource(
  store: EventStore,
  workspace: number,
  asked: SourceAsked,
): Promise<RemovalCount> {
  const reading = await readingOf(store.stores, workspace)
  const removal = await removalOfSource(store, reading, asked, reading.upTo + 1n)
  return await countRemoval(store, reading, removal)
}

export async function removeSource(
  store: EventStore,
  workspace: number,
  asked: SourceAsked,
): Promise<RemovalCount> {
  return await remove(store, workspace, (reading, commit) =>
    removalOfSource(store, reading, asked, commit),
  )
}

async function removalOfSource(
  { stores }: EventStore,
  { workspace }: Reading,
  { source, sinceMs }: SourceAsked,
  commit: bigint,
): Promise<Removal> {
  const of = { kind: 'source', source } as const
  if (sinceMs === null) return { fromCommit: 0n, commit, of }
  // Instants of receipt rise with the commits, and every kind of fact knows its commit.
  const [row] = await stores.clickhouse.rows<{ first: string; found: string }>(
    compile(sql`
      SELECT min(commit) AS first, count() AS found FROM events
      WHERE workspace = ${param.workspace(workspace)} AND received >= ${param.instant(sinceMs)}`),
  )
  const fromCommit = row === undefined || row.found === '0' ? commit : BigInt(row.first)
  return { fromCommit, commit, of }
}
