import { setTimeout as delay } from 'node:timers/promises'
import type { EventKind } from '@parcurs/domain'
import type { Stores } from '../stores/stores.ts'
import { type LogEnd, settled } from './commit.ts'
import type { CommitSignal } from './commit-signal.ts'
import type { EventKinds } from './event-kinds.ts'
import { endOfCommit, isAfter, type LogPlace } from './log-entry.ts'
import { type LogTail, logTail } from './log-tail.ts'
import { type LogPiece, readLog } from './read-log.ts'

/** The log as all readers of this process read it: each stretch is fetched once, whoever asks first. */
export interface LogSource {
  /** What follows a place, as far as it is whole; null: nothing yet. */
  readonly behind: (workspace: number, place: LogPlace) => Promise<SourcePiece | null>
  /** Where the log ends now, waiting for the commit under way. */
  readonly settle: (workspace: number) => Promise<LogEnd>
  /** Told by whoever knows that the log is whole so far. */
  readonly reaches: (workspace: number, end: LogEnd) => void
  /** From now on kinds that `wants` are read whole, too. @returns how to take it back */
  readonly want: (wants: WantsKind | null) => () => void
  readonly kindOf: (workspace: number, code: number) => Promise<EventKind | null>
}

export type WantsKind = (kind: EventKind) => boolean

export interface SourcePiece extends LogPiece {
  /** It goes up to the end of the log, and nothing received before this instant is beyond; null: more follows. */
  readonly endMs: number | null
}

export interface SourceNeeds {
  readonly stores: Pick<Stores, 'clickhouse' | 'database'>
  readonly kinds: EventKinds
  readonly commits: CommitSignal
  /** Events of a piece: what a reader holds in memory at once. */
  readonly pieceEvents?: number
  /** Entries that are held for readers that come a little later. */
  readonly heldEntries?: number
  /** At the end of the log a fetch waits so long after the one before. */
  readonly lingerMs?: number
}

export function logSource({
  stores,
  kinds,
  pieceEvents = 5_000,
  heldEntries = 10_000,
  lingerMs = 100,
}: SourceNeeds): LogSource {
  const ends = new Map<number, LogEnd>()
  const tails = new Map<number, LogTail>()
  /** When a fetch last came to the end of the log. */
  const reachedMs = new Map<number, number>()
  const fetching = new Map<string, Promise<LogPiece>>()
  const wanted = new Set<WantsKind | null>()
  const vocabularies = new Map<number, readonly EventKind[]>()

  function reaches(workspace: number, end: LogEnd): void {
    const known = ends.get(workspace)
    if (known === undefined || end.commit > known.commit) ends.set(workspace, end)
    else if (end.commit === known.commit && end.nowMs > known.nowMs) ends.set(workspace, end)
  }

  async function settle(workspace: number): Promise<LogEnd> {
    const end = await settled(stores.database, workspace, async (_tx, now) => now)
    reaches(workspace, end)
    return ends.get(workspace) ?? end
  }

  async function kindOf(workspace: number, code: number): Promise<EventKind | null> {
    const known = vocabularies.get(workspace)?.[code - 1]
    if (known !== undefined) return known
    vocabularies.set(workspace, await kinds.all(workspace))
    return vocabularies.get(workspace)?.[code - 1] ?? null
  }

  /** Null: everything is wanted. */
  async function wantedKinds(workspace: number): Promise<((code: number) => boolean) | null> {
    if (wanted.has(null)) return null
    const vocabulary = await kinds.all(workspace)
    vocabularies.set(workspace, vocabulary)
    return (code) => {
      const kind = vocabulary[code - 1]
      return kind === undefined || [...wanted].some((wants) => wants?.(kind) === true)
    }
  }

  async function fetch(workspace: number, place: LogPlace, upTo: number): Promise<LogPiece> {
    const name = `${workspace} ${place.commit} ${place.row} ${upTo}`
    const under = fetching.get(name)
    if (under !== undefined) return await under
    const done = wantedKinds(workspace)
      .then((wants) => readLog(stores, { workspace, from: place, upTo, limit: pieceEvents, wants }))
      .finally(() => fetching.delete(name))
    fetching.set(name, done)
    return await done
  }

  /** Whoever was at the end just now waits for company: small commits are fetched several at once. */
  async function lingered(workspace: number): Promise<void> {
    const reached = reachedMs.get(workspace)
    if (reached === undefined) return
    const leftMs = lingerMs - (performance.now() - reached)
    if (leftMs > 0) await delay(leftMs)
  }

  return {
    settle,
    reaches,
    kindOf,
    want(wants) {
      wanted.add(wants)
      // What is held was read for fewer.
      tails.clear()
      return () => wanted.delete(wants)
    },
    async behind(workspace, place) {
      const end = ends.get(workspace) ?? (await settle(workspace))
      if (!isAfter(endOfCommit(end.commit), place)) return null
      const tail = tails.get(workspace) ?? logTail(heldEntries)
      tails.set(workspace, tail)
      let piece = tail.behind(place)
      if (piece === null) {
        await lingered(workspace)
        piece = tail.behind(place)
      }
      // What was committed meanwhile is read along.
      const { commit, nowMs } = ends.get(workspace) ?? end
      if (piece === null) {
        piece = await fetch(workspace, place, commit)
        if (!isAfter(endOfCommit(commit), piece.to)) reachedMs.set(workspace, performance.now())
        if (tails.get(workspace) === tail && tail.behind(place) === null) tail.add(piece)
      }
      return { ...piece, endMs: isAfter(endOfCommit(commit), piece.to) ? null : nowMs }
    },
  }
}
