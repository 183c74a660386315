import { feedbackOf, type IncomingBatch, NO_SOURCE } from '@parcurs/domain'
import { changeIdentity } from '../identity/identity-change.ts'
import type { LinkFact } from '../identity/link-facts.ts'
import { appendEvents } from '../log/append-events.ts'
import type { Commit } from '../log/commit.ts'
import { encodeEvents, eventRow, type EventRow } from '../log/encode-events.ts'
import type { EventStore } from '../log/event-store.ts'
import { feedbackRows } from '../log/feedback-rows.ts'
import type { MessageSpace } from '../log/message-space.ts'
import { prepareEvents } from '../log/prepared-events.ts'
import {
  aliasMerges,
  NOTHING_STATED,
  statedLinks,
  statementsIn,
  traitRows,
} from '../log/stated-facts.ts'

/** Who sent a batch: what its facts are marked with, and whose names its messages bear. */
export interface Sender {
  readonly source: number
  readonly space: MessageSpace
  /** So many new kinds may be made an hour; absent: as many as there is room for. */
  readonly kindsPerHour?: number
}

/** The program itself. */
export const PROGRAM: Sender = { source: NO_SOURCE, space: 'server' }

export interface SentBatch {
  readonly sender: Sender
  readonly batch: IncomingBatch
}

/** What became of a batch's events. */
export interface StoredBatch {
  readonly stored: number
  /** Known by their messageId, from before or within the batch: nothing was done about them. */
  readonly duplicates: number
}

/** Stores one batch. @see storeBatches */
export async function storeEvents(
  store: EventStore,
  workspace: number,
  batch: IncomingBatch,
  nowMs: number,
  sender: Sender = PROGRAM,
): Promise<StoredBatch> {
  const [stored] = await storeBatches(store, workspace, [{ sender, batch }], nowMs)
  if (stored === undefined) throw new Error('a batch got no answer')
  return stored
}

/**
 * Stores batches durably in one commit, each message once for ever: what their calls say about who is who,
 * traits and answers first, then the events.
 *
 * @returns what became of each batch
 * @throws StoreFailure when a store is away; nothing was acknowledged then, and all may be sent again
 */
export async function storeBatches(
  store: EventStore,
  workspace: number,
  sent: readonly SentBatch[],
  nowMs: number,
): Promise<readonly StoredBatch[]> {
  const rows = await rowsOf(store, workspace, sent)
  if (rows.length + sent.reduce((sum, { batch }) => sum + statementsIn(batch), 0) === 0) {
    return sent.map(() => ({ stored: 0, duplicates: 0 }))
  }
  const answers = rows.flatMap(({ event }, row) => {
    const answer = feedbackOf(event.name, event.properties)
    return answer === null ? [] : [{ row, ...answer }]
  })
  const events = encodeEvents(workspace, rows)
  const prepared = await prepareEvents(
    store,
    workspace,
    { events, formerWords: null, answers, stated: NOTHING_STATED },
    { ahead: false },
  )
  const { known } = await appendEvents(store, workspace, prepared, async (commit, held) => {
    const fresh = held.size === 0 ? rows : rows.filter((_, i) => !held.has(i))
    const { clickhouse } = store.stores
    await Promise.all([
      storeIdentity(store, commit, sent, fresh, nowMs),
      clickhouse.insert(
        'trait_values',
        sent.flatMap(({ sender, batch }) => traitRows(commit, sender.source, batch)),
      ),
      clickhouse.insert('feedback', feedbackRows(events, answers, held, commit)),
    ])
  })
  let start = 0
  return sent.map(({ batch }) => {
    const end = start + batch.events.length
    let duplicates = 0
    for (let i = start; i < end; i++) if (known.has(i)) duplicates++
    start = end
    return { stored: batch.events.length - duplicates, duplicates }
  })
}

/** Rows of all batches one after the other. */
async function rowsOf(
  store: EventStore,
  workspace: number,
  sent: readonly SentBatch[],
): Promise<readonly EventRow[]> {
  const rows: EventRow[] = []
  for (const { sender, batch } of sent) {
    const { source, space, kindsPerHour } = sender
    const maker = kindsPerHour === undefined ? undefined : { source, kindsPerHour }
    const codes = await store.kinds.codesOf(workspace, batch.events, maker)
    for (const [i, event] of batch.events.entries()) {
      rows.push(eventRow(workspace, event, { source, space, kind: codes[i] ?? 0 }))
    }
  }
  return rows
}

async function storeIdentity(
  { stores, owners }: EventStore,
  commit: Commit,
  sent: readonly SentBatch[],
  rows: readonly EventRow[],
  nowMs: number,
): Promise<void> {
  const { workspace } = commit
  const stated = sent.flatMap(({ sender, batch }) => statedLinks(workspace, sender.source, batch))
  const carried = rows.flatMap(({ event, user, anonymous }): LinkFact[] =>
    user !== 0n && anonymous !== 0n ? [{ anonymous, user, timeMs: event.timeMs }] : [],
  )
  await changeIdentity(
    { clickhouse: stores.clickhouse, owners, removals: commit.removals },
    workspace,
    {
      links: [...stated, ...carried],
      statedLinks: stated,
      merges: sent.flatMap(({ sender, batch }) => aliasMerges(workspace, sender, batch)),
    },
    commit.number,
    nowMs,
  )
}
