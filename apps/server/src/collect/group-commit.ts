import type { SentBatch, StoredBatch } from './store-events.ts'

/** Requests that arrive while the disk is busy, or within a few milliseconds, share one commit. */
export interface GroupCommit {
  /** Resolves when the batch is durable; null: too much is waiting already, try again later. */
  readonly add: (workspace: number, sent: SentBatch) => Promise<StoredBatch> | null
  /** Resolves when everything added is durable. */
  readonly close: () => Promise<void>
}

export interface GroupCommitNeeds {
  /** Stores them in one commit. @returns what became of each */
  readonly store: (workspace: number, sent: readonly SentBatch[]) => Promise<readonly StoredBatch[]>
  /** Whether the error says that a store is away: then no other batch would fare better. */
  readonly isAway: (error: unknown) => boolean
  /** How long the first request waits for company when nothing is under way. */
  readonly lingerMs?: number
  /** Calls of one commit. */
  readonly maxCalls?: number
  /** Calls that may wait, over all workspaces. */
  readonly maxWaiting?: number
}

interface Waiting {
  readonly sent: SentBatch
  readonly calls: number
  readonly resolve: (stored: StoredBatch) => void
  readonly reject: (error: unknown) => void
}

interface Line {
  readonly waiting: Waiting[]
  running: Promise<void> | null
}

export function groupCommit({
  store,
  isAway,
  lingerMs = 2,
  maxCalls = 10_000,
  maxWaiting = 50_000,
}: GroupCommitNeeds): GroupCommit {
  const lines = new Map<number, Line>()
  let held = 0

  async function run(workspace: number, line: Line): Promise<void> {
    while (line.waiting.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, lingerMs))
      await commit(workspace, taken(line, maxCalls))
    }
    lines.delete(workspace)
  }

  async function commit(workspace: number, group: readonly Waiting[]): Promise<void> {
    try {
      const stored = await store(
        workspace,
        group.map(({ sent }) => sent),
      )
      for (const [i, one] of stored.entries()) group[i]?.resolve(one)
    } catch (error) {
      // What one of them broke must not take the others along: each is tried alone.
      if (group.length > 1 && !isAway(error)) {
        for (const one of group) await commit(workspace, [one])
        return
      }
      for (const { reject } of group) reject(error)
    }
    for (const { calls } of group) held -= calls
  }

  return {
    add(workspace, sent) {
      const calls = callsOf(sent)
      if (held + calls > maxWaiting) return null
      held += calls
      const line = lines.get(workspace) ?? { waiting: [], running: null }
      lines.set(workspace, line)
      return new Promise((resolve, reject) => {
        line.waiting.push({ sent, calls, resolve, reject })
        line.running ??= run(workspace, line)
      })
    },
    async close() {
      while (lines.size > 0)
        await Promise.all([...lines.values()].map(async (line) => await line.running))
    },
  }
}

function callsOf({ batch: { events, identifies, groups, aliases } }: SentBatch): number {
  return events.length + identifies.length + groups.length + aliases.length
}

/** At least one, and as many more as fit. */
function taken({ waiting }: Line, maxCalls: number): readonly Waiting[] {
  let calls = 0
  let many = 0
  for (const one of waiting) {
    calls += one.calls
    if (many > 0 && calls > maxCalls) break
    many++
  }
  return waiting.splice(0, many)
}
