import { compile, param, sql } from '@parcurs/analytics'
import { changeIdentity } from '../identity/identity-change.ts'
import { appendEvents } from '../log/append-events.ts'
import type { Commit } from '../log/commit.ts'
import type { EventStore } from '../log/event-store.ts'
import { feedbackRows } from '../log/feedback-rows.ts'
import { chosenWords, messageNumberAt } from '../log/message-words.ts'
import type { PreparedEvents } from '../log/prepared-events.ts'
import { aliasMerges, statedLinks, traitRows } from '../log/stated-facts.ts'
import { linksOf } from './row-links.ts'

/** What became of a chunk's rows. */
export interface StoredChunk {
  readonly stored: number
  /** Of those stored: found already there, stored by this import just before it was interrupted. */
  readonly own: number
  /** Known from before, or earlier in the chunk by an id of their own: nothing was done about them. */
  readonly repeated: number
  /** Indexes of the events that were known. */
  readonly known: ReadonlySet<number>
  readonly commit: number
}

export interface ChunkPlace {
  readonly workspaceId: number
  /** The number that what the import brings is marked with. */
  readonly source: number
  /**
   * Rows found that were stored after this commit count as stored, not as repeated: they are this
   * import's own, from just before it was interrupted. Null: not interrupted.
   */
  readonly resumedAfterCommit: number | null
}

/**
 * Stores the events of a chunk durably in one commit, and what its rows say about customers; a row that carries a user
 * and a device is a login. The commit is kept short: whoever else writes to the workspace waits for it.
 *
 * @throws StoreFailure when a store is away: the same chunk may be stored again
 */
export async function storeChunk(
  store: EventStore,
  { workspaceId, source, resumedAfterCommit }: ChunkPlace,
  prepared: PreparedEvents,
): Promise<StoredChunk> {
  const { events, answers, stated } = prepared
  let own = 0
  const { commit, appended, known } = await appendEvents(
    store,
    workspaceId,
    prepared,
    async (under, held) => {
      const { clickhouse } = store.stores
      await storeIdentity(store, under, prepared, source)
      await clickhouse.insert('trait_values', traitRows(under, source, stated))
      await clickhouse.insert('feedback', feedbackRows(events, answers, held, under))
      if (resumedAfterCommit === null) return
      const between = { after: resumedAfterCommit, before: under.number }
      own = await ownRows(store, workspaceId, between, prepared, held)
    },
  )
  return { stored: appended + own, own, repeated: known.size - own, known, commit }
}

async function storeIdentity(
  { stores, owners }: EventStore,
  commit: Commit,
  { events, stated }: PreparedEvents,
  source: number,
): Promise<void> {
  const { workspace } = commit
  const statedThen = statedLinks(workspace, source, stated)
  const links = [...statedThen, ...linksOf(events)]
  const merges = aliasMerges(workspace, { source, space: 'server' }, stated)
  if (links.length + merges.length === 0) return
  await changeIdentity(
    { clickhouse: stores.clickhouse, owners, removals: commit.removals },
    workspace,
    { links, statedLinks: statedThen, merges },
    commit.number,
    commit.nowMs,
  )
}

const LOOKED_UP_AT_ONCE = 4000

/** How many of the known messages this import stored itself before it was interrupted. */
async function ownRows(
  { stores }: EventStore,
  workspaceId: number,
  { after, before }: { readonly after: number; readonly before: number },
  { words, formerWords }: PreparedEvents,
  known: ReadonlySet<number>,
): Promise<number> {
  const messages = [words, formerWords].flatMap((held) => {
    if (held === null) return []
    const asked = chosenWords(held, [...known])
    return [...known].map((_, i) => messageNumberAt(asked, i))
  })
  let stored = 0
  for (let at = 0; at < messages.length; at += LOOKED_UP_AT_ONCE) {
    const some = param.messages(messages.slice(at, at + LOOKED_UP_AT_ONCE))
    const rows = await stores.clickhouse.rows<{ stored: string }>(
      compile(sql`
        SELECT uniqExact(message) AS stored FROM events
        WHERE workspace = ${param.workspace(workspaceId)} AND message IN ${some}
          AND commit > ${param.count(after)} AND commit < ${param.count(before)}`),
    )
    stored += Number(rows[0]?.stored ?? 0)
  }
  return stored
}
