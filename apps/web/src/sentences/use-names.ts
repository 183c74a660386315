import { useQueries, type UseQueryResult } from '@tanstack/react-query'
import {
  type JourneyMap,
  listsNamed,
  mapsNamed,
  NO_NAMES,
  type SegmentRule,
  type SentenceNames,
} from '@parcurs/domain'
import { useMemo } from 'react'
import { useAsk } from '../api/ask.ts'
import { mapQuery } from '../maps/map-queries.ts'
import { useMaps } from '../maps/use-maps.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import { useSegments } from '../segments/use-segments.ts'
import { answerIn, type Asked, asked, askedAs, both } from '../ui/asked.ts'
import { useTouchpoints } from '../touchpoints/touchpoints-query.ts'

/** What things are called that these rules know by their ids. */
export function useNames(workspace: string, rules: readonly SegmentRule[]): Asked<SentenceNames> {
  const named = [...new Set(rules.flatMap(mapsNamed))].filter((id) => id !== '')
  // Everybody has no names: whoever shows only that asks for nothing.
  return useNamesOf(workspace, rules.length > 0, named)
}

/** What things are called that a text may speak of: every map with its steps. */
export function useAllNames(
  workspace: string,
  maps: readonly { readonly id: string }[],
): Asked<SentenceNames> {
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
): Asked<SentenceNames> {
  const ask = useAsk()
  const own = useOwnNames()
  const touchpoints = useTouchpoints(workspace, enabled)
  const maps = useMaps(workspace, enabled)
  const segments = useSegments(workspace, enabled)
  const drawn = useQueries({
    queries: drawnMaps.map((id) => mapQuery(ask, workspace, id)),
    combine: allOf,
  })
  const known = both(both(touchpoints, maps), both(segments, drawn))
  const things = answerIn(touchpoints)
  const listed = answerIn(maps)
  const saved = answerIn(segments)
  const steps = answerIn(drawn)
  const names = useMemo(
    () => ({
      touchpoints: (things ?? []).map(own.named),
      maps: (listed ?? []).map((map) => ({
        ...own.named(map),
        steps: (steps?.find(({ id }) => id === map.id)?.stages ?? [])
          .flatMap((stage) => stage.steps)
          .map(own.named),
      })),
      segments: saved ?? [],
      lists: listsNamed(saved ?? []),
    }),
    [things, listed, saved, steps, own],
  )
  return enabled ? askedAs(known, () => names) : { state: 'answered', answer: NO_NAMES }
}

/** The maps in one state; a map that is gone has no names, and holds the others up no more. */
function allOf(queries: readonly UseQueryResult<JourneyMap>[]): Asked<readonly JourneyMap[]> {
  const maps = queries.map(asked)
  const away = maps.find(({ state }) => state === 'offline')
  const answer = maps.flatMap((map) => answerIn(map) ?? [])
  if (away?.state === 'offline') return { ...away, answer }
  return maps.some(({ state }) => state === 'waiting')
    ? { state: 'waiting' }
    : { state: 'answered', answer }
}
