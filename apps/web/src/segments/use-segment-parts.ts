import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Ask, useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import { type Asked, asked } from '../ui/asked.ts'

/** What the page of a segment shows of it, each asked by itself: a slow part holds nothing else up. */
function usePart<Answer>(
  key: readonly unknown[],
  ask: (ask: Ask, signal: AbortSignal) => Promise<Answer>,
): Asked<Answer> {
  const asks = useAsk()
  return asked(
    useQuery({
      queryKey: ['segment-part', ...key],
      queryFn: ({ signal }) => ask(asks, signal),
      placeholderData: keepPreviousData,
    }),
  )
}

/** How many are in every segment now, and by how many each grew in 30 days. Not counted yet: not there. */
export function useSegmentGrowth(
  workspace: string,
  wanted: boolean,
): Asked<AnswerOf<'segmentGrowth'>> {
  const ask = useAsk()
  return asked(
    useQuery({
      queryKey: ['segment-part', workspace, 'growth'],
      queryFn: ({ signal }) => ask('segmentGrowth', { params: { workspace }, signal }),
      enabled: wanted,
      staleTime: 300_000,
    }),
  )
}

/** Each is counted by itself. */
const POINTS = 14

export function useSegmentTrend(
  workspace: string,
  segmentId: string,
  fromMs: number,
  toMs: number,
) {
  return usePart([workspace, segmentId, 'trend', fromMs, toMs], (ask, signal) =>
    ask('segmentTrend', {
      params: { workspace, segmentId },
      query: { fromMs, toMs, points: POINTS },
      signal,
    }),
  )
}

export function useSegmentChanges(
  workspace: string,
  segmentId: string,
  fromMs: number,
  toMs: number,
) {
  return usePart([workspace, segmentId, 'changes', fromMs, toMs], (ask, signal) =>
    ask('segmentChanges', {
      params: { workspace, segmentId },
      query: { fromMs, toMs, limit: 100 },
      signal,
    }),
  )
}

export function useSegmentOverlap(workspace: string, segmentId: string) {
  return usePart([workspace, segmentId, 'overlap'], (ask, signal) =>
    ask('segmentOverlap', { params: { workspace, segmentId }, signal }),
  )
}

export function useSegmentProfile(workspace: string, segmentId: string) {
  return usePart([workspace, segmentId, 'profile'], (ask, signal) =>
    ask('segmentProfile', { params: { workspace, segmentId }, signal }),
  )
}

export function useSegmentMembers(workspace: string, segmentId: string) {
  return usePart([workspace, segmentId, 'members'], (ask, signal) =>
    ask('segmentMembers', { params: { workspace, segmentId }, query: { limit: 1_000 }, signal }),
  )
}

export function useSegmentVersions(workspace: string, segmentId: string) {
  return usePart([workspace, segmentId, 'versions'], (ask, signal) =>
    ask('segmentVersions', { params: { workspace, segmentId }, signal }),
  )
}

export function useSegmentUse(workspace: string, segmentId: string) {
  return usePart([workspace, segmentId, 'use'], (ask, signal) =>
    ask('segmentUsedBy', { params: { workspace, segmentId }, signal }),
  )
}
