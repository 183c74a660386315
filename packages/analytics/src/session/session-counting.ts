import { partAs } from '../counting/counted-as.ts'
import type { Counter } from '../counting/counting.ts'
import { quantile } from '../funnel/funnel-times.ts'
import { selectedJourneys, type SelectedShape } from '../selection/selection.ts'
import { shareOf } from '../share.ts'
import type { SessionsAnswer } from './session.ts'
import { type SessionRules, sessionsOf } from './session-kernel.ts'
import {
  addSessions,
  addSessionTally,
  emptySessionTally,
  type SessionTally,
} from './session-tally.ts'

/** Durations listed at most. */
const MOST_LISTED = 10_000

/** Foreground time is the first column where it is reported, a session's value the last. */
export interface SessionsCounting {
  readonly kind: 'sessions'
  readonly shape: SelectedShape
  readonly rules: SessionRules
  readonly foreground: boolean
  /** Whether every duration is wanted. */
  readonly list: boolean
}

export interface SessionsPart {
  readonly kind: 'sessions'
  readonly tally: SessionTally
}

export type SessionsCounted = { readonly kind: 'sessions' } & Omit<
  SessionsAnswer,
  'version' | 'kind' | 'definition'
>

export function sessionsCounter({ shape, rules, foreground, list }: SessionsCounting): Counter {
  const tally = emptySessionTally()
  return {
    add: (block) => {
      for (const { times, codes, columns } of selectedJourneys(block, shape)) {
        const journey = {
          times,
          masks: codes,
          foregroundMs: foreground ? (columns[0] ?? null) : null,
          values: rules.byValue ? (columns.at(-1) ?? null) : null,
        }
        addSessions(tally, sessionsOf(journey, rules), rules.bounce)
      }
    },
    part: () => ({ kind: 'sessions', tally }),
    merge: (other) => addSessionTally(tally, partAs(other, 'sessions').tally),
    counted: () => {
      const sorted = Float64Array.from(tally.durations, ({ ms }) => ms).sort()
      const { sessions, visitors, events, pageViews, bounced, singleEvent } = tally
      const sumMs = sorted.reduce((sum, ms) => sum + ms, 0)
      return {
        kind: 'sessions',
        sessions,
        visitors,
        events,
        pageViews,
        meanDurationMs: shareOf(sumMs, sessions),
        medianDurationMs: sessions === 0 ? null : quantile(sorted, 0.5),
        p90DurationMs: sessions === 0 ? null : quantile(sorted, 0.9),
        bounced,
        bounceShare: shareOf(bounced, sessions),
        singleEvent,
        sessionsPerVisitor: shareOf(sessions, visitors),
        durationsMs: list
          ? tally.durations
              .sort((a, b) => a.startMs - b.startMs || a.ms - b.ms)
              .slice(0, MOST_LISTED)
              .map(({ ms }) => ms)
          : null,
      }
    },
  }
}
