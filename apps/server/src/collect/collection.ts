import { StoreFailure } from '../clickhouse/clickhouse.ts'
import type { Handle } from '../http/serve.ts'
import { browserAliases } from './browser-rules.ts'
import { serveCollect } from './collect-routes.ts'
import { groupCommit } from './group-commit.ts'
import { refusals } from './refusals.ts'
import { type EventStore } from '../log/event-store.ts'
import { storeBatches } from './store-events.ts'

export interface Collection {
  /** Resolves when everything that was taken in is durable. */
  readonly close: () => Promise<void>
  /** Drops refused calls that quote one of the ids. */
  readonly forget: (workspace: number, ids: readonly string[]) => Promise<void>
}

/** Serves the collecting routes over one line of group commits. */
export function openCollection(
  handle: Handle,
  { events, clock }: { readonly events: EventStore; readonly clock: () => number },
): Collection {
  const commits = groupCommit({
    store: (workspace, sent) => storeBatches(events, workspace, sent, clock()),
    isAway: (error) => error instanceof StoreFailure && error.code !== 'statement',
  })
  const refused = refusals(events.stores.database, clock)
  const aliases = browserAliases(events, clock)
  serveCollect(handle, { commits, refusals: refused, aliases, clock })
  return {
    forget: refused.forget,
    async close() {
      await commits.close()
      await refused.flush()
    },
  }
}
