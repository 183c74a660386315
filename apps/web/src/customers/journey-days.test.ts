import { expect, test } from 'vitest'
import { type JourneyEvent, journeyDays } from './journey-days.ts'

const at = (timeMs: number): JourneyEvent => ({
  timeMs,
  type: 'track',
  name: 'view',
  channel: 'web',
  path: '',
  value: null,
  currency: '',
  properties: {},
  touchpointId: null,
  stepId: null,
  identity: 'a',
})

test('[UI14] a journey is cut at midnight of the workspace, and pauses are said', () => {
  const times = [Date.UTC(2026, 0, 1, 21), Date.UTC(2026, 0, 1, 23), Date.UTC(2026, 0, 3, 1)]
  const cut = (zone: string) =>
    journeyDays(times.map(at), zone).map((day) => [day.events.length, day.pauseMs])
  expect(cut('UTC')).toEqual([
    [2, null],
    [1, 26 * 3_600_000],
  ])
  expect(cut('Europe/Athens')).toEqual([
    [1, null],
    [1, 2 * 3_600_000],
    [1, 26 * 3_600_000],
  ])
})

test('[UI14] nobody, no days', () => {
  expect(journeyDays([], 'UTC')).toEqual([])
})
