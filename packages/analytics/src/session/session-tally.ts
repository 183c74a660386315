import { isBounce, type BounceRule, type Session } from './session-kernel.ts'

/** What many sessions come to. */
export interface SessionTally {
  sessions: number
  visitors: number
  events: number
  pageViews: number
  bounced: number
  singleEvent: number
  readonly durations: { readonly startMs: number; readonly ms: number }[]
}

export function emptySessionTally(): SessionTally {
  return {
    sessions: 0,
    visitors: 0,
    events: 0,
    pageViews: 0,
    bounced: 0,
    singleEvent: 0,
    durations: [],
  }
}

/** @param other of the same rules, over other customers */
export function addSessionTally(tally: SessionTally, other: SessionTally): void {
  tally.sessions += other.sessions
  tally.visitors += other.visitors
  tally.events += other.events
  tally.pageViews += other.pageViews
  tally.bounced += other.bounced
  tally.singleEvent += other.singleEvent
  for (const duration of other.durations) tally.durations.push(duration)
}

/** @param sessions all of one customer's */
export function addSessions(
  tally: SessionTally,
  sessions: readonly Session[],
  bounce: BounceRule,
): void {
  if (sessions.length > 0) tally.visitors++
  for (const session of sessions) {
    tally.sessions++
    tally.events += session.events
    tally.pageViews += session.pages
    if (isBounce(session, bounce)) tally.bounced++
    if (session.events === 1) tally.singleEvent++
    tally.durations.push({ startMs: session.startMs, ms: session.endMs - session.startMs })
  }
}
