import { useQueries, useQuery } from '@tanstack/react-query'
import type { JourneyMap, SegmentRule } from '@parcurs/domain'
import { useMemo } from 'react'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import { mapQuery, mapsQuery } from '../maps/map-queries.ts'
import { stepName } from '../maps/step-name.ts'
import { useMaps } from '../maps/use-maps.ts'
import { type OwnNames, useOwnNames } from '../names/use-own-names.ts'
import { useSegments } from '../segments/use-segments.ts'
import { touchpointsQuery, useTouchpoints } from '../touchpoints/touchpoints-query.ts'
import { useVocabulary } from '../touchpoints/use-vocabulary.ts'
import { mapsNamed, type SegmentNames } from './names.ts'

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
export function useOffer(workspace: string, except: string | null): Offer {
  const words = useVocabulary(workspace).data
  const touchpoints = useTouchpoints(workspace).data
  const maps = useMaps(workspace).data
  const segments = useSegments(workspace).data
  const own = useOwnNames()
  return useMemo(
    () => ({
      workspace,
      events: words?.events ?? [],
      channels: words?.channels ?? [],
      paths: words?.paths ?? [],
      properties: words?.properties ?? [],
      traits: words?.traits ?? [],
      touchpoints: (touchpoints ?? []).map(own.named),
      maps: (maps ?? []).map(own.named),
      segments: (segments ?? [])
        .filter(({ id }) => id !== except)
        .map(({ id, name, fixed, size }) => ({
          id,
          name,
          fixed,
          customers: size?.customers ?? null,
        })),
    }),
    [workspace, words, touchpoints, maps, segments, except, own],
  )
}

/** What things are called that these rules know by their ids. */
export function useNames(workspace: string, rules: readonly SegmentRule[]): SegmentNames {
  const ask = useAsk()
  // Everybody has no names: whoever shows only that asks for nothing.
  const enabled = rules.length > 0
  const touchpoints = useQuery({ ...touchpointsQuery(ask, workspace), enabled }).data
  const maps = useQuery({ ...mapsQuery(ask, workspace), enabled }).data
  const segments = useSegments(workspace, enabled).data
  const own = useOwnNames()
  const named = [...new Set(rules.flatMap(mapsNamed))].filter((id) => id !== '')
  const known = useQueries({
    queries: named.map((id) => mapQuery(ask, workspace, id)),
    combine: answered,
  })
  return useMemo(
    () => ({
      touchpoint: (id) => nameOf(touchpoints, id, own),
      map: (id) => nameOf(maps, id, own),
      segment: (id) => segments?.find((one) => one.id === id)?.name ?? null,
      step: (mapId, stepId) => {
        const map = known.find(({ id }) => id === mapId)
        return map === undefined ? null : own.name(stepName(map, stepId))
      },
    }),
    [touchpoints, maps, segments, known, own],
  )
}

function nameOf(
  all: readonly { readonly id: string; readonly name: string }[] | undefined,
  id: string,
  own: OwnNames,
): string | null {
  const found = all?.find((one) => one.id === id)
  return found === undefined ? null : own.name(found.name)
}

function answered(
  maps: readonly { readonly data: JourneyMap | undefined }[],
): readonly JourneyMap[] {
  return maps.flatMap(({ data }) => data ?? [])
}
