import type { MatchRule, Presence } from '@parcurs/domain'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import { type Asked, asked } from '../ui/asked.ts'
import { isComplete, simplest } from './rule-edit.ts'

/** While typing: ask when the fingers rest. */
const REST_MS = 250

/** The library with what each touchpoint matched lately. */
export function useCountedTouchpoints(workspace: string): Asked<AnswerOf<'touchpoints'>> {
  const ask = useAsk()
  return asked(
    useQuery({
      queryKey: ['touchpoints', workspace, 'counted'],
      queryFn: ({ signal }) => ask('touchpoints', { params: { workspace }, signal }),
    }),
  )
}

/** What a rule would match, asked while it is being typed. */
export function usePreview(workspace: string, rule: MatchRule): Asked<AnswerOf<'previewRule'>> {
  const ask = useAsk()
  const text = useRested(JSON.stringify(simplest(rule)))
  const complete = isComplete(rule)
  return asked(
    useQuery({
      queryKey: ['preview', workspace, text],
      enabled: complete,
      placeholderData: keepPreviousData,
      queryFn: ({ signal }) =>
        ask('previewRule', { params: { workspace }, body: { rule: JSON.parse(text) }, signal }),
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

export interface TouchpointDraft {
  readonly id: string | null
  readonly name: string
  readonly channel: string
  readonly ownerTeam: string
  readonly presence: Presence
  readonly rule: MatchRule
  readonly version: number
}

export function useSaveTouchpoint(workspace: string) {
  const ask = useAsk()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version, ...draft }: TouchpointDraft) => {
      const body = { ...draft, rule: simplest(draft.rule) }
      return id === null
        ? ask('createTouchpoint', { params: { workspace }, body })
        : ask('changeTouchpoint', {
            params: { workspace, touchpointId: id },
            body: { ...body, version },
          })
    },
    onSuccess: () =>
      Promise.all(
        ['touchpoints', 'living-map'].map((key) =>
          client.invalidateQueries({ queryKey: [key, workspace] }),
        ),
      ),
  })
}
