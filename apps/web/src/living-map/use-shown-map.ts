import type { LivingMapAnswer } from '@parcurs/analytics'
import type { JourneyMap, Touchpoint } from '@parcurs/domain'
import { useEffect, useMemo } from 'react'
import type { AnswerOf } from '../api/routes.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import { useRemembered } from '../device/device-memory.ts'
import { lastMapKey, mapShown } from '../maps/last-map.ts'
import { useMap, useMaps } from '../maps/use-maps.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import { useTouchpoints } from '../touchpoints/touchpoints-query.ts'
import { answerIn, type Asked, askedAs, both } from '../ui/asked.ts'
import type { MapSearch } from './map-search.ts'
import { useLivingMap } from './use-living-map.ts'

/** What the home draws: the map with what stands on it, and its numbers in whatever state they are. */
export interface ShownMap {
  readonly maps: readonly AnswerOf<'maps'>[number][]
  readonly map: JourneyMap
  readonly touchpoints: readonly Touchpoint[]
  readonly living: Asked<LivingMapAnswer>
}

/** The map that the address names, else the one last looked at; null: the workspace has none yet. */
export function useShownMap(workspace: MyWorkspace, search: MapSearch): Asked<ShownMap | null> {
  const maps = useMaps(workspace.slug)
  const touchpoints = useTouchpoints(workspace.slug)
  const [last, rememberLast] = useRemembered(lastMapKey(workspace.slug))
  const listed = mapShown(answerIn(maps) ?? undefined, search.map, last)
  const mapId = listed?.id
  const drawn = useMap(workspace.slug, mapId)
  const living = useLivingMap(workspace, listed, search)
  useEffect(() => {
    if (mapId !== undefined) rememberLast(mapId)
  }, [mapId, rememberLast])
  const said = useSaid(answerIn(maps), answerIn(drawn), answerIn(touchpoints))
  if (maps.state === 'answered' && listed === undefined) return { ...maps, answer: null }
  const state = both(maps, both(drawn, touchpoints))
  if (said === null) return state.state === 'waiting' ? state : askedAs(state, () => null)
  return askedAs(state, () => ({ ...said, living }))
}

/** In words; the same objects from one drawing to the next, so that what is memorised by them is not drawn again. */
function useSaid(
  maps: AnswerOf<'maps'> | null,
  map: JourneyMap | null,
  touchpoints: readonly Touchpoint[] | null,
): Omit<ShownMap, 'living'> | null {
  const names = useOwnNames()
  return useMemo(
    () =>
      maps === null || map === null || touchpoints === null
        ? null
        : {
            maps: maps.map(names.named),
            map: names.map(map),
            touchpoints: touchpoints.map(names.named),
          },
    [maps, map, touchpoints, names],
  )
}
