import { expect, test } from 'vitest'
import { metricsText } from './metrics-text.ts'

test('[LO13] the metrics are what Prometheus scrapes', () => {
  const status = {
    commit: 41,
    events: 1200,
    fold: { commit: 40, foldedMs: 90_000, eventsBeyond: 7 },
    readers: [
      {
        name: 'a "b"\\',
        commit: 39,
        behindEvents: 12,
        behindMs: 1500,
        readMarkMs: 0,
        savedMs: 0,
        problem: { detail: 'away', sinceMs: 0, attempts: 3 },
      },
    ],
  }
  const young = { commit: 0, events: 0, fold: null, readers: [] }
  const text = metricsText(
    [
      { workspace: 'main', status },
      { workspace: 'young', status: young },
    ],
    100_000,
    0.25,
  )
  expect(text).toBe(`# HELP parcurs_events_total Events stored.
# TYPE parcurs_events_total counter
parcurs_events_total{workspace="main"} 1200
parcurs_events_total{workspace="young"} 0
# HELP parcurs_log_commit Number of the last commit.
# TYPE parcurs_log_commit gauge
parcurs_log_commit{workspace="main"} 41
parcurs_log_commit{workspace="young"} 0
# HELP parcurs_fold_age_seconds Time since journeys were folded.
# TYPE parcurs_fold_age_seconds gauge
parcurs_fold_age_seconds{workspace="main"} 10
# HELP parcurs_fold_events_beyond Events that are not folded yet.
# TYPE parcurs_fold_events_beyond gauge
parcurs_fold_events_beyond{workspace="main"} 7
# HELP parcurs_reader_lag_events Events that a reader of the log has not read yet.
# TYPE parcurs_reader_lag_events gauge
parcurs_reader_lag_events{workspace="main",reader="a \\"b\\"\\\\"} 12
# HELP parcurs_reader_lag_seconds How long the oldest of them has waited.
# TYPE parcurs_reader_lag_seconds gauge
parcurs_reader_lag_seconds{workspace="main",reader="a \\"b\\"\\\\"} 1.5
# HELP parcurs_reader_failed_attempts How often in a row the work of a reader failed.
# TYPE parcurs_reader_failed_attempts gauge
parcurs_reader_failed_attempts{workspace="main",reader="a \\"b\\"\\\\"} 3
# HELP parcurs_event_loop_stall_seconds How long the server was busy with one thing at the longest since this was asked last.
# TYPE parcurs_event_loop_stall_seconds gauge
parcurs_event_loop_stall_seconds{} 0.25
`)
})
