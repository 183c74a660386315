import { Readable } from 'node:stream'
import {
  feedbackOf,
  type IncomingBatch,
  type IncomingEvent,
  type IncomingTraits,
} from '@parcurs/domain'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { changeIdentity, type MergeFact } from '../identity/identity-change.ts'
import { groupKey, identityKey, messageHash } from '../identity/identity-key.ts'
import type { LinkFact } from '../identity/link-facts.ts'
import type { EventStore } from '../log/event-store.ts'
import { inCommit } from '../log/commit.ts'
import { EVENT_COLUMNS, eventBytes, type EventRow } from '../log/event-bytes.ts'
import { messageWords, type MessageWords } from '../log/message-words.ts'

/** What became of a batch's events. */
export interface StoredBatch {
  readonly stored: number
  /** Known by their messageId, from before or within the batch: nothing was done about them. */
  readonly duplicates: number
  /** Their indexes. */
  readonly repeated: readonly number[]
  /** Indexes of events whose kind no longer fits the vocabulary (see `MAX_KINDS`). */
  readonly unnamed: readonly number[]
}

/**
 * Stores a batch durably, each message once for ever. What is derived goes first, in rows that may be
 * written twice; the events go last, in one insert that is there whole or not at all. So after a crash at
 * any point the sender repeats the batch and nothing is double.
 *
 * @throws StoreFailure when a store is away; nothing was acknowledged then, and the batch may be sent again
 */
export async function storeEvents(
  store: EventStore,
  workspace: number,
  batch: IncomingBatch,
  nowMs: number,
): Promise<StoredBatch> {
  const codes = await store.kinds.codesOf(workspace, batch.events)
  const unnamed: number[] = []
  const repeated: number[] = []
  const rows: EventRow[] = []
  const indexes: number[] = []
  const seen = new Set<string>()
  batch.events.forEach((event, i) => {
    const kind = codes[i] ?? null
    if (kind === null) {
      unnamed.push(i)
    } else if (seen.has(event.messageId)) {
      repeated.push(i)
    } else {
      seen.add(event.messageId)
      rows.push(eventRow(workspace, event, kind))
      indexes.push(i)
    }
  })
  if (rows.length + batch.identifies.length + batch.groups.length + batch.aliases.length > 0) {
    const known = await storeRows(store, workspace, { ...batch, rows }, nowMs)
    for (const i of known) repeated.push(indexes[i] ?? 0)
  }
  const duplicates = repeated.length
  const stored = batch.events.length - unnamed.length - duplicates
  return { stored, duplicates, repeated, unnamed }
}

/** @returns indexes of rows that were stored before */
async function storeRows(
  store: EventStore,
  workspace: number,
  batch: Derived,
  nowMs: number,
): Promise<ReadonlySet<number>> {
  const { clickhouse, database } = store.stores
  return await inCommit(database, workspace, async (commit) => {
    const known = await store.messages.find(workspace, wordsOf(batch.rows))
    const rows = known.size === 0 ? batch.rows : batch.rows.filter((_, i) => !known.has(i))
    await storeDerived(store, workspace, { ...batch, rows }, commit, nowMs)
    if (rows.length > 0) {
      const bytes = eventBytes(rows, { workspace, commit, receivedMs: nowMs })
      store.messages.add(wordsOf(rows))
      await clickhouse.insert('events', Readable.from([bytes]), {
        format: 'RowBinary',
        columns: EVENT_COLUMNS,
      })
    }
    return known
  })
}

function wordsOf(rows: readonly EventRow[]): MessageWords {
  return messageWords(rows.map((row) => ({ low: row.messageLow, high: row.messageHigh })))
}

function eventRow(workspace: number, event: IncomingEvent, kind: number): EventRow {
  const user = event.userId === '' ? 0n : identityKey(workspace, 'user', event.userId)
  const anonymous =
    event.anonymousId === '' ? 0n : identityKey(workspace, 'anonymous', event.anonymousId)
  const { low, high } = messageHash(workspace, event.messageId)
  const key = user === 0n ? anonymous : user
  return { event, key, user, anonymous, messageLow: low, messageHigh: high, kind }
}

interface Derived extends Omit<IncomingBatch, 'events'> {
  readonly rows: readonly EventRow[]
}

async function storeDerived(
  store: EventStore,
  workspace: number,
  batch: Derived,
  commit: number,
  nowMs: number,
): Promise<void> {
  const { clickhouse } = store.stores
  const stated = [...batch.identifies, ...batch.groups].flatMap((call) =>
    statedLink(workspace, call),
  )
  const carried = batch.rows.flatMap(({ event, user, anonymous }): LinkFact[] =>
    user !== 0n && anonymous !== 0n ? [{ anonymous, user, timeMs: event.timeMs }] : [],
  )
  await Promise.all([
    changeIdentity(
      { clickhouse, owners: store.owners },
      workspace,
      {
        links: [...stated, ...carried],
        statedLinks: stated,
        merges: batch.aliases.flatMap((alias) => aliasMerges(workspace, alias)),
      },
      commit,
      nowMs,
    ),
    storeTraits(clickhouse, workspace, batch, commit),
    storeFeedback(clickhouse, workspace, batch.rows, commit),
  ])
}

function statedLink(
  workspace: number,
  { userId, anonymousId, timeMs }: IncomingTraits,
): LinkFact[] {
  if (userId === '' || anonymousId === '') return []
  return [
    {
      user: identityKey(workspace, 'user', userId),
      anonymous: identityKey(workspace, 'anonymous', anonymousId),
      timeMs,
    },
  ]
}

/** Clients send either kind of id as the previous one and do not say which: it is merged as both. */
function aliasMerges(
  workspace: number,
  alias: IncomingBatch['aliases'][number],
): readonly MergeFact[] {
  const user = identityKey(workspace, 'user', alias.userId)
  return [
    identityKey(workspace, 'user', alias.previousId),
    identityKey(workspace, 'anonymous', alias.previousId),
  ]
    .filter((previous) => previous !== user)
    .map((previous) => ({ previous, user, timeMs: alias.timeMs, undone: false }))
}

async function storeTraits(
  clickhouse: ClickHouse,
  workspace: number,
  { identifies, groups }: Derived,
  commit: number,
): Promise<void> {
  const rows: object[] = []
  const note = (key: bigint, { traits, timeMs }: Pick<IncomingTraits, 'traits' | 'timeMs'>) => {
    for (const trait of Object.keys(traits)) {
      rows.push({ workspace, key, trait, value: traits[trait], time: storedTime(timeMs), commit })
    }
  }
  for (const call of identifies) note(keyOf(workspace, call), call)
  for (const call of groups) {
    note(groupKey(workspace, call.groupId), call)
    if (call.userId === '' && call.anonymousId === '') continue
    note(keyOf(workspace, call), { traits: { group: call.groupId }, timeMs: call.timeMs })
  }
  await clickhouse.insert('trait_values', rows)
}

function keyOf(workspace: number, { userId, anonymousId }: IncomingTraits): bigint {
  return userId === ''
    ? identityKey(workspace, 'anonymous', anonymousId)
    : identityKey(workspace, 'user', userId)
}

async function storeFeedback(
  clickhouse: ClickHouse,
  workspace: number,
  rows: readonly EventRow[],
  commit: number,
): Promise<void> {
  const answers = rows.flatMap(({ event, key, kind, messageLow, messageHigh }) => {
    const feedback = feedbackOf(event.name, event.properties)
    if (feedback === null) return []
    const message = (messageHigh << 64n) | messageLow
    return [{ workspace, key, time: storedTime(event.timeMs), message, kind, commit, ...feedback }]
  })
  await clickhouse.insert('feedback', answers)
}

/** `2026-01-02 03:04:05.678`: how ClickHouse reads a DateTime64 in UTC. */
function storedTime(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 23).replace('T', ' ')
}
