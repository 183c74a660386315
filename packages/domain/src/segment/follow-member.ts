import type { Decision } from './decide.ts'

/** What is written down of a customer and a watched segment. */
export interface KeptMember {
  readonly member: boolean
  /** When time alone may change it; null: never. */
  readonly untilMs: number | null
}

export interface MemberChange {
  readonly atMs: number
  readonly entered: boolean
  /** Time alone brought it about: it would have come without anything new. */
  readonly byTime: boolean
}

export interface Followed {
  readonly now: Decision
  /** In order of time. */
  readonly changes: readonly MemberChange[]
}

/** Whoever has more turns than this behind is told where they stand now. */
const MOST_TURNS = 200

export const NOT_KEPT: KeptMember = { member: false, untilMs: null }

/**
 * From what was written down to now: turns that time alone brought are taken one after the other at their own
 * instants, however late they are looked at, then what is new makes the last one.
 *
 * @param decideAt by everything that is known now
 */
export function followMember(
  kept: KeptMember,
  decideAt: (atMs: number) => Decision,
  nowMs: number,
): Followed {
  const changes: MemberChange[] = []
  let { member } = kept
  let turnMs = kept.untilMs
  for (let turns = 0; turnMs !== null && turnMs <= nowMs && turns < MOST_TURNS; turns++) {
    const then = decideAt(turnMs)
    if (then.member !== member) {
      member = then.member
      changes.push({ atMs: turnMs, entered: member, byTime: true })
    }
    turnMs = then.untilMs
  }
  const now = decideAt(nowMs)
  if (now.member !== member) changes.push({ atMs: nowMs, entered: now.member, byTime: false })
  return { now, changes }
}

/** Leaving and coming back within this is one flap: it starts nothing more. */
export const FLAP_MS = 300_000
