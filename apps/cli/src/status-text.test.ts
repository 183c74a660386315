import { expect, test } from 'vitest'
import { statusLines } from './status-text.ts'

const NOW = Date.UTC(2026, 10, 27, 6)

test('[CT5] the log of a workspace is told with its readers and their problems', () => {
  const lines = statusLines(
    'main',
    {
      commit: 41,
      events: 12_000,
      fold: { commit: 40, foldedMs: NOW - 90_000, eventsBeyond: 7 },
      readers: [
        {
          name: 'segments',
          commit: 39,
          behindEvents: 1200,
          behindMs: 2_500,
          readMarkMs: NOW - 2_500,
          savedMs: NOW,
          problem: { detail: 'away', sinceMs: NOW - 60_000, attempts: 3 },
        },
      ],
    },
    NOW,
    200,
  )
  expect(lines[0]).toBe('main: 12,000 events, commit 41, journeys folded 1 min ago, 7 events since')
  expect(lines[2]).toBe(
    'segments          1,200      2 s  2026-11-27T05:59:57.500Z  away (3× since 2026-11-27T05:59:00.000Z)',
  )
})

test('[CT5] so is a log that nobody follows', () => {
  expect(statusLines('new', { commit: 0, events: 0, fold: null, readers: [] }, NOW, 80)).toEqual([
    'new: 0 events, commit 0, journeys were never folded',
    'no reader follows the log',
  ])
})
