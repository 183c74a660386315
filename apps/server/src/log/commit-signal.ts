import type { LogEnd } from './commit.ts'

type Listener = (workspace: number, end: LogEnd) => void

/** Tells whoever reacts in this process how far a workspace's log is whole, as soon as a commit is. */
export interface CommitSignal {
  readonly told: Listener
  /** @returns how to stop listening */
  readonly hear: (listener: Listener) => () => void
}

export function commitSignal(): CommitSignal {
  const listeners = new Set<Listener>()
  return {
    told(workspace, end) {
      for (const listener of listeners) listener(workspace, end)
    },
    hear(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
