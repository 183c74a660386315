import { useMemo } from 'react'
import type { AnswerOf } from '../api/routes.ts'
import { useMaps } from '../maps/use-maps.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import { useSegments } from '../segments/use-segments.ts'
import { useTouchpoints } from '../touchpoints/touchpoints-query.ts'
import { useVocabulary } from '../touchpoints/use-vocabulary.ts'
import { answerIn, type Asked, askedAs, both } from '../ui/asked.ts'

type Words = AnswerOf<'vocabulary'>

/** What a sentence can speak of: what is in the workspace's own data. */
export interface Offer {
  readonly workspace: string
  readonly events: Words['events']
  readonly channels: Words['channels']
  readonly paths: Words['paths']
  readonly properties: Words['properties']
  readonly traits: Words['traits']
  readonly touchpoints: readonly { readonly id: string; readonly name: string }[]
  readonly maps: readonly { readonly id: string; readonly name: string; readonly version: number }[]
  readonly segments: readonly {
    readonly id: string
    readonly name: string
    readonly fixed: boolean
    readonly customers: number | null
  }[]
}

/** @param except a segment that may not be named: the one that is edited */
export function useOffer(workspace: string, except: string | null): Asked<Offer> {
  const own = useOwnNames()
  const vocabulary = useVocabulary(workspace)
  const touchpoints = useTouchpoints(workspace)
  const maps = useMaps(workspace)
  const segments = useSegments(workspace)
  const known = both(both(vocabulary, touchpoints), both(maps, segments))
  const words = answerIn(vocabulary)
  const things = answerIn(touchpoints)
  const drawn = answerIn(maps)
  const saved = answerIn(segments)
  const offer = useMemo((): Offer => {
    if (words === null) return emptyOffer(workspace)
    const { events, channels, paths, properties, traits } = words
    return {
      workspace,
      events,
      channels,
      paths,
      properties,
      traits,
      touchpoints: (things ?? []).map(own.named),
      maps: (drawn ?? []).map(own.named),
      segments: (saved ?? [])
        .filter(({ id }) => id !== except)
        .map(({ id, name, fixed, size }) => ({
          id,
          name,
          fixed,
          customers: size?.customers ?? null,
        })),
    }
  }, [workspace, words, things, drawn, saved, except, own])
  return askedAs(known, () => offer)
}

/** Nothing is known yet of what can be said. */
export function emptyOffer(workspace: string): Offer {
  return {
    workspace,
    events: [],
    channels: [],
    paths: [],
    properties: [],
    traits: [],
    touchpoints: [],
    maps: [],
    segments: [],
  }
}
