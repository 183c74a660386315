import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query'
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
import type { AnswerOf } from '../api/routes.ts'
import { mapQuery, mapsQuery } from '../maps/map-queries.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import { type SavedSegment, useSegments } from '../segments/use-segments.ts'
import { answerIn, type Asked, asked, askedAs, both } from '../ui/asked.ts'
import { touchpointsQuery } from '../touchpoints/touchpoints-query.ts'

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
  const touchpoints = asked(useQuery({ ...touchpointsQuery(ask, workspace), enabled }))
  const maps = asked(useQuery({ ...mapsQuery(ask, workspace), enabled }))
  const segments = useSegments(workspace, enabled)
  const drawn = useQueries({
    queries: drawnMaps.map((id) => mapQuery(ask, workspace, id)),
    combine: allOf,
  })
  const known = both(both(touchpoints, maps), both(segments, drawn))
  const [[things, listed], [saved, steps]] = answerIn(known) ?? NOTHING
  const names = useMemo(
    () => ({
      touchpoints: things.map(own.named),
      maps: listed.map((map) => ({
        ...own.named(map),
        steps: (steps.find(({ id }) => id === map.id)?.stages ?? [])
          .flatMap((stage) => stage.steps)
          .map(own.named),
      })),
      segments: saved,
      lists: listsNamed(saved),
    }),
    [things, listed, saved, steps, own],
  )
  return enabled ? askedAs(known, () => names) : { state: 'answered', answer: NO_NAMES }
}

const NOTHING: readonly [
  readonly [AnswerOf<'touchpointLibrary'>, AnswerOf<'maps'>],
  readonly [readonly SavedSegment[], readonly JourneyMap[]],
] = [
  [[], []],
  [[], []],
]

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
