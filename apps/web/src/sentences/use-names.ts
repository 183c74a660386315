import { useQueries, useQuery } from '@tanstack/react-query'
import type { JourneyMap, SegmentRule } from '@parcurs/domain'
import { useMemo } from 'react'
import { useAsk } from '../api/ask.ts'
import { mapQuery, mapsQuery } from '../maps/map-queries.ts'
import { stepName } from '../maps/step-name.ts'
import { type OwnNames, useOwnNames } from '../names/use-own-names.ts'
import { useSegments } from '../segments/use-segments.ts'
import { touchpointsQuery } from '../touchpoints/touchpoints-query.ts'
import { mapsNamed, type SegmentNames } from './names.ts'

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
