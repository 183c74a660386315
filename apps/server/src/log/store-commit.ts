import { type Commit, inCommit, type LogEnd } from './commit.ts'
import type { EventStore } from './event-store.ts'

/** Runs `work` as a commit and tells this process's readers of it. */
export async function storeCommit<T>(
  { stores, commits }: Pick<EventStore, 'stores' | 'commits'>,
  workspace: number,
  work: (commit: Commit) => Promise<T>,
): Promise<T> {
  let end: LogEnd | null = null
  const done = await inCommit(stores.database, workspace, (commit) => {
    end = { commit: commit.number, nowMs: commit.nowMs }
    return work(commit)
  })
  if (end !== null) commits.told(workspace, end)
  return done
}
