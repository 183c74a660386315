import type { EventType, IdentityKey } from '@parcurs/domain'
import type { OwnerCause } from '../identity/owner-rows.ts'

/** A place in a workspace's log: everything up to and including this row of this commit was read. */
export interface LogPlace {
  readonly commit: number
  /** -1: what the commit says about who is who, and none of its events. */
  readonly row: number
}

export const LOG_START: LogPlace = { commit: 0, row: 0 }

/** The last row that a commit may have. */
const LAST_ROW = 4_294_967_295

/** Behind everything of a commit. */
export function endOfCommit(commit: number): LogPlace {
  return { commit, row: LAST_ROW }
}

export function isAfter(one: LogPlace, other: LogPlace): boolean {
  return one.commit > other.commit || (one.commit === other.commit && one.row > other.row)
}

/** What the log tells, in the order in which it was accepted: of a commit, who is who before its events. */
export type LogEntry = LoggedEvent | OwnerChange | LoggedRemoval

/** An accepted event, whole. */
export interface LoggedEvent {
  readonly entry: 'event'
  readonly place: LogPlace
  /** The identity it came in under. */
  readonly key: IdentityKey
  /** Whose it was when it was accepted: later changes are entries of their own. */
  readonly owner: IdentityKey
  /** Its own time. */
  readonly timeMs: number
  readonly receivedMs: number
  /** The number of what brought it. */
  readonly source: number
  /** A file brought it: it changes numbers and starts nothing. */
  readonly imported: boolean
  readonly position: number
  readonly message: bigint
  readonly kind: number
  readonly type: EventType
  readonly name: string
  readonly channel: string
  readonly path: string
  readonly userId: string
  readonly anonymousId: string
  /** Ten-thousandths; null: none. */
  readonly value: number | null
  readonly currency: string
  readonly orderId: string
  readonly properties: Readonly<Record<string, string>>
}

/** A key has another owner: two identities were linked, merged or parted. */
export interface OwnerChange {
  readonly entry: 'owner'
  readonly place: LogPlace
  /** 'unsaid': from before causes were kept. */
  readonly cause: OwnerCause | 'unsaid'
  readonly key: IdentityKey
  /** Whose its latest events were, and whose they are now. */
  readonly was: IdentityKey
  readonly now: IdentityKey
  /** All that own some of its events now, the earliest first: several for a device that changed hands. */
  readonly owners: readonly IdentityKey[]
}

/** Facts were taken away: numbers are counted anew, and nothing starts. */
export interface LoggedRemoval {
  readonly entry: 'removal'
  readonly place: LogPlace
  readonly removalId: number
}
