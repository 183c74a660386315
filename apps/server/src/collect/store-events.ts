import {
  feedbackOf,
  type IncomingAlias,
  type IncomingBatch,
  type IncomingTraits,
  NO_SOURCE,
} from '@parcurs/domain'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { changeIdentity, type MergeFact, type StatedLink } from '../identity/identity-change.ts'
import { groupKey, identityKey } from '../identity/identity-key.ts'
import type { LinkFact } from '../identity/link-facts.ts'
import { appendEvents } from '../log/append-events.ts'
import type { Commit } from '../log/commit.ts'
import { encodeEvents, eventRow, type EventRow } from '../log/encode-events.ts'
import type { EventStore } from '../log/event-store.ts'
import { feedbackRows } from '../log/feedback-rows.ts'
import type { MessageSpace } from '../log/message-space.ts'
import { prepareEvents } from '../log/prepared-events.ts'
import { storedTime } from '../log/stored-time.ts'

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
  if (rows.length + sent.reduce((sum, { batch }) => sum + statementsOf(batch), 0) === 0) {
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
    { events, formerWords: null, answers },
    { ahead: false },
  )
  const { known } = await appendEvents(store, workspace, prepared, async (commit, held) => {
    const fresh = held.size === 0 ? rows : rows.filter((_, i) => !held.has(i))
    const { clickhouse } = store.stores
    await Promise.all([
      storeIdentity(store, commit, sent, fresh, nowMs),
      storeTraits(clickhouse, commit, sent),
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

function statementsOf({ identifies, groups, aliases }: IncomingBatch): number {
  return identifies.length + groups.length + aliases.length
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
  const stated = sent.flatMap(({ sender, batch }) =>
    [...batch.identifies, ...batch.groups].flatMap((call) => statedLink(workspace, sender, call)),
  )
  const carried = rows.flatMap(({ event, user, anonymous }): LinkFact[] =>
    user !== 0n && anonymous !== 0n ? [{ anonymous, user, timeMs: event.timeMs }] : [],
  )
  await changeIdentity(
    { clickhouse: stores.clickhouse, owners, removals: commit.removals },
    workspace,
    {
      links: [...stated, ...carried],
      statedLinks: stated,
      merges: sent.flatMap(({ sender, batch }) =>
        batch.aliases.flatMap((alias) => aliasMerges(workspace, sender, alias)),
      ),
    },
    commit.number,
    nowMs,
  )
}

function statedLink(
  workspace: number,
  { source }: Sender,
  { userId, anonymousId, timeMs }: IncomingTraits,
): StatedLink[] {
  if (userId === '' || anonymousId === '') return []
  return [
    {
      user: identityKey(workspace, 'user', userId),
      anonymous: identityKey(workspace, 'anonymous', anonymousId),
      timeMs,
      source,
    },
  ]
}

/**
 * Clients send either kind of id as the previous one and do not say which: it is merged as both. A browser may
 * bring devices only: a key that everybody can read joins no two users.
 */
function aliasMerges(
  workspace: number,
  { source, space }: Sender,
  alias: IncomingAlias,
): readonly MergeFact[] {
  const user = identityKey(workspace, 'user', alias.userId)
  const device = identityKey(workspace, 'anonymous', alias.previousId)
  const named = alias.ofDevice === true ? [identityKey(workspace, 'anonymous', alias.userId)] : []
  const previous =
    space === 'browser' ? [device] : [identityKey(workspace, 'user', alias.previousId), device]
  return [...previous, ...named]
    .filter((previous) => previous !== user)
    .map((previous) => ({ previous, user, timeMs: alias.timeMs, undone: false, source }))
}

async function storeTraits(
  clickhouse: ClickHouse,
  { workspace, number }: Commit,
  sent: readonly SentBatch[],
): Promise<void> {
  const rows: object[] = []
  const note = (
    source: number,
    key: bigint,
    { traits, timeMs }: Pick<IncomingTraits, 'traits' | 'timeMs'>,
  ) => {
    for (const trait of Object.keys(traits)) {
      const time = storedTime(timeMs)
      rows.push({ workspace, key, trait, value: traits[trait], time, commit: number, source })
    }
  }
  for (const { sender, batch } of sent) {
    const { source } = sender
    for (const call of batch.identifies) note(source, keyOf(workspace, call), call)
    for (const call of batch.groups) {
      note(source, groupKey(workspace, call.groupId), call)
      if (call.userId === '' && call.anonymousId === '') continue
      const traits = { group: call.groupId }
      note(source, keyOf(workspace, call), { traits, timeMs: call.timeMs })
    }
  }
  await clickhouse.insert('trait_values', rows)
}

function keyOf(workspace: number, { userId, anonymousId }: IncomingTraits): bigint {
  return userId === ''
    ? identityKey(workspace, 'anonymous', anonymousId)
    : identityKey(workspace, 'user', userId)
}
