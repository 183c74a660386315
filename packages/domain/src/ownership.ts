import type { IdentityKey } from './identity.ts'

/** An anonymous id was seen together with a user at a time: an event or an identify call carried both. */
export interface Link {
  readonly timeMs: number
  readonly user: IdentityKey
}

/**
 * Whose events an anonymous id's are, over time: `users[i]` from `fromMs[i]` (inclusive) until the next;
 * the first one also owns everything earlier. Neighbours differ. Empty: nobody was ever linked.
 */
export interface Ownership {
  readonly fromMs: readonly number[]
  readonly users: readonly IdentityKey[]
}

export const NOBODY_LINKED: Ownership = { fromMs: [], users: [] }

/**
 * An anonymous event belongs to the user of the latest link at or before it, else to the user of the
 * earliest link. So a login is retrospective, until another user logs in; and a device that several
 * users share never merges them. Links of one instant: the greatest key holds, so that the order of
 * arrival does not matter.
 */
export function ownershipOf(links: readonly Link[]): Ownership {
  const ordered = [...links].sort((a, b) => a.timeMs - b.timeMs || (a.user < b.user ? -1 : 1))
  const fromMs: number[] = []
  const users: IdentityKey[] = []
  ordered.forEach(({ timeMs, user }, i) => {
    if (ordered[i + 1]?.timeMs === timeMs || users.at(-1) === user) return
    fromMs.push(timeMs)
    users.push(user)
  })
  return { fromMs, users }
}

/** @returns null when nobody was ever linked */
export function ownerAt({ fromMs, users }: Ownership, timeMs: number): IdentityKey | null {
  let low = 0
  let high = fromMs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((fromMs[middle] ?? 0) <= timeMs) low = middle + 1
    else high = middle
  }
  return users[Math.max(0, low - 1)] ?? null
}

/**
 * Whether a link says nothing new. Adding a link at which the owner already is that user changes
 * nobody's ownership at any time, so most logins need no look-up of earlier ones.
 */
export function alreadyOwns(ownership: Ownership, link: Link): boolean {
  return ownerAt(ownership, link.timeMs) === link.user
}

/**
 * From when on links must be known to insert one at `timeMs`.
 *
 * TRICKY: links that change nothing are not written down, so the first entry may have begun earlier than it
 * says, and what comes before it must be read whole. All other entries begin exactly where they say, because
 * somebody else owned the time before.
 */
export function relinkedSince({ fromMs }: Ownership, timeMs: number): number {
  return timeMs <= (fromMs[0] ?? 0) ? Number.MIN_SAFE_INTEGER : timeMs
}

/**
 * Ownership after more links came in.
 *
 * @param sinceMs as by `relinkedSince`
 * @param links every link at or after `sinceMs`, the new and the known ones, of the users in
 *   `ownersSince(ownership, sinceMs)` and of the new links
 */
export function relinked(ownership: Ownership, sinceMs: number, links: readonly Link[]): Ownership {
  const kept = ownership.fromMs.findIndex((from) => from >= sinceMs)
  const before = kept < 0 ? ownership.fromMs.length : kept
  const later = ownershipOf(links.filter((link) => link.timeMs >= sinceMs))
  const joins = before > 0 && ownership.users[before - 1] === later.users[0] ? 1 : 0
  return {
    fromMs: [...ownership.fromMs.slice(0, before), ...later.fromMs.slice(joins)],
    users: [...ownership.users.slice(0, before), ...later.users.slice(joins)],
  }
}

/** The users that own a piece of the time from `sinceMs` on: whose links there must be known to insert one. */
export function ownersSince(ownership: Ownership, sinceMs: number): readonly IdentityKey[] {
  const users = ownership.users.filter(
    (_, i) => (ownership.fromMs[i + 1] ?? Number.POSITIVE_INFINITY) > sinceMs,
  )
  return [...new Set(users)]
}
