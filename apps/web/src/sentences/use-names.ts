import { useQueries, useQuery } from '@tanstack/react-query'
import {
  type JourneyMap,
  listsNamed,
  mapsNamed,
  type SegmentRule,
  type SentenceNames,
} from '@parcurs/domain'
import { useMemo } from 'react'
import { useAsk } from '../api/ask.ts'
import { mapQuery, mapsQuery } from '../maps/map-queries.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import { useSegments } from '../segments/use-segments.ts'
import { touchpointsQuery } from '../touchpoints/touchpoints-query.ts'

/** What things are called that these rules know by their ids. */
export function useNames(workspace: string, rules: readonly SegmentRule[]): SentenceNames {
  const named = [...new Set(rules.flatMap(mapsNamed))].filter((id) => id !== '')
  // Everybody has no names: whoever shows only that asks for nothing.
  return useNamesOf(workspace, rules.length > 0, named)
}

/** What things are called that a text may speak of: every map with its steps. */
export function useAllNames(
  workspace: string,
  maps: readonly { readonly id: string }[],
): SentenceNames {
  return useNamesOf(
    workspace,
    true,
    maps.map(({ id }) => id),
  )
}

function useNamesOf(
  workspace: string,
  enabled: boolean,
  drawnMaps: readonly string[],
): SentenceNames {
  const ask = useAsk()
  const touchpoints = useQuery({ ...touchpointsQuery(ask, workspace), enabled }).data
  const maps = useQuery({ ...mapsQuery(ask, workspace), enabled }).data
  const segments = useSegments(workspace, enabled).data
  const own = useOwnNames()
  const drawn = useQueries({
    queries: drawnMaps.map((id) => mapQuery(ask, workspace, id)),
    combine: answered,
  })
  return useMemo(
    () => ({
      touchpoints: (touchpoints ?? []).map(own.named),
      maps: (maps ?? []).map((map) => ({
        ...own.named(map),
        steps: (drawn.find(({ id }) => id === map.id)?.stages ?? [])
          .flatMap(({ steps }) => steps)
          .map(own.named),
      })),
      segments: segments ?? [],
      lists: listsNamed(segments ?? []),
    }),
    [touchpoints, maps, segments, drawn, own],
  )
}

function answered(
  maps: readonly { readonly data: JourneyMap | undefined }[],
): readonly JourneyMap[] {
  return maps.flatMap(({ data }) => data ?? [])
}
