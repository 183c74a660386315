import { type OwnerCache, ownerCache } from '../identity/owner-cache.ts'
import type { Stores } from '../stores/stores.ts'
import { commitSignal, type CommitSignal } from './commit-signal.ts'
import { type EventKinds, eventKinds } from './event-kinds.ts'
import { pendingRemovals } from './removals.ts'
import { type StoredMessages, storedMessages } from './stored-messages.ts'

/** What all writers of events share: one of it a process. */
export interface EventStore {
  readonly stores: Pick<Stores, 'clickhouse' | 'database'>
  readonly kinds: EventKinds
  readonly messages: StoredMessages
  readonly owners: OwnerCache
  /** Told of every commit of this process. */
  readonly commits: CommitSignal
}

/** @param alone this process is the only one that writes to the stores (the embedded ones) */
export function openEventStore(
  stores: Pick<Stores, 'clickhouse' | 'database'>,
  {
    alone,
    signal,
    clock = Date.now,
  }: {
    readonly alone: boolean
    readonly signal: AbortSignal
    readonly clock?: () => number
  },
): EventStore {
  const removals = (workspace: number) => pendingRemovals(stores.database, workspace)
  return {
    stores,
    kinds: eventKinds(stores.database, clock),
    messages: storedMessages(stores.clickhouse, { alone, signal, removals }),
    owners: ownerCache(stores.clickhouse, { alone, signal }),
    commits: commitSignal(),
  }
}
