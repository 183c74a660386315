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
