import type { SegmentRule } from '@parcurs/domain'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf, BodyOf } from '../api/routes.ts'
import { type Asked, asked } from '../ui/asked.ts'
import type { SavedSegment } from './use-segments.ts'

/** While typing: ask when the fingers rest. */
const REST_MS = 200

/**
 * How many a rule means and five of them, asked while it is made. What is no longer wanted is given up, and the answer
 * before stands until the new one is there.
 *
 * @param rule null: it has a gap, so there is nothing to ask
 */
export function useSegmentPreview(
  workspace: string,
  rule: SegmentRule | null,
): Asked<AnswerOf<'previewSegment'>> {
  const ask = useAsk()
  const text = useRested(JSON.stringify(rule))
  return asked(
    useQuery({
      queryKey: ['segment-preview', workspace, text],
      enabled: text !== 'null',
      placeholderData: keepPreviousData,
      queryFn: ({ signal }) =>
        ask('previewSegment', { params: { workspace }, body: { rule: JSON.parse(text) }, signal }),
    }),
  )
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}

export interface SegmentDraft {
  /** null: not saved yet. */
  readonly id: string | null
  readonly version: number
  readonly name: string
  readonly description: string
  readonly rule: SegmentRule
}

export function useSaveSegment(workspace: string) {
  const ask = useAsk()
  const changed = useSegmentsChanged(workspace)
  return useMutation({
    mutationFn: ({ id, version, name, description, rule }: SegmentDraft) => {
      const body = { name, description, rule }
      return id === null
        ? ask('createSegment', { params: { workspace }, body })
        : ask('changeSegment', {
            params: { workspace, segmentId: id },
            body: { ...body, version },
          })
    },
    onSuccess: changed,
  })
}

export interface ListChange {
  readonly segment: SavedSegment
  readonly name: string
  readonly description: string
  /** User ids, anonymous ids or e-mails. */
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** Saves what a list is called and who is on it; `notFound` is null where nobody was added or taken off. */
export function useSaveList(workspace: string) {
  const ask = useAsk()
  const changed = useSegmentsChanged(workspace)
  return useMutation({
    mutationFn: async ({ segment, name, description, add, remove }: ListChange) => {
      const params = { workspace, segmentId: segment.id }
      const listed =
        add.length === 0 && remove.length === 0
          ? null
          : await ask('changeList', {
              params,
              body: { version: segment.version, add: [...add], remove: [...remove] },
            })
      const { rule, version } = listed?.segment ?? segment
      const body = { name, description, rule, version }
      const saved =
        listed !== null && name === segment.name && description === segment.description
          ? listed.segment
          : await ask('changeSegment', { params, body })
      return { saved, notFound: listed?.notFound ?? null }
    },
    onSettled: changed,
  })
}

export function useDeleteSegment(workspace: string) {
  const ask = useAsk()
  const changed = useSegmentsChanged(workspace)
  return useMutation({
    mutationFn: ({ id, anyway }: { readonly id: string; readonly anyway: boolean }) =>
      ask('deleteSegment', {
        params: { workspace, segmentId: id },
        query: anyway ? { anyway: 'true' } : {},
      }),
    onSuccess: changed,
  })
}

export function useWatchSegment(workspace: string) {
  const ask = useAsk()
  const changed = useSegmentsChanged(workspace)
  return useMutation({
    mutationFn: ({ id, watched }: { readonly id: string; readonly watched: boolean }) =>
      ask('watchSegment', { params: { workspace, segmentId: id }, body: { watched } }),
    onSuccess: changed,
  })
}

export function useFreezeSegment(workspace: string) {
  const ask = useAsk()
  const changed = useSegmentsChanged(workspace)
  return useMutation({
    mutationFn: ({ id, name }: { readonly id: string; readonly name: string }) =>
      ask('freezeSegment', { params: { workspace, segmentId: id }, body: { name } }),
    onSuccess: changed,
  })
}

export type CustomersChosen = BodyOf<'segmentOfThese'>['of']

export function useSegmentOfThese(workspace: string) {
  const ask = useAsk()
  const changed = useSegmentsChanged(workspace)
  return useMutation({
    mutationFn: (body: BodyOf<'segmentOfThese'>) =>
      ask('segmentOfThese', { params: { workspace }, body }),
    onSuccess: changed,
  })
}

/** Whatever counts by a segment counts anew: the segments themselves, the map and lists of customers. */
function useSegmentsChanged(workspace: string) {
  const client = useQueryClient()
  return () =>
    Promise.all(
      ['segments', 'segment', 'segment-part', 'living-map', 'customers'].map((key) =>
        client.invalidateQueries({ queryKey: [key, workspace] }),
      ),
    )
}
