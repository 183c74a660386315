import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { JourneyMap } from '@parcurs/domain'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { AnswerOf } from '../api/routes.ts'
import { useRemembered } from '../device/device-memory.ts'
import { useTranslation } from '../languages/translation.ts'
import { lastMapKey, mapShown } from '../maps/last-map.ts'
import { useDocumentTitle } from '../ui/document-title.ts'
import { SaveFailed } from '../ui/save-failed.tsx'
import { useWorkspace } from '../shell/workspace-context.ts'
import { Failed, Waiting } from '../ui/waiting.tsx'
import type { Zoom } from './column-layout.ts'
import type { LeakAction } from './leak-action.ts'
import { MapScreen } from './map-screen.tsx'
import type { MapSearch } from './map-search.ts'
import { MapToolbar } from './map-toolbar.tsx'
import { NoMap } from '../maps/no-map.tsx'
import styles from './map-page.module.css'
import { useZoomKeys } from './use-zoom-keys.ts'
import { type Comparison, FIRST_PERIOD, ownPeriod, type PeriodChoice } from '../periods/period.ts'
import { useLivingMap } from './use-living-map.ts'
import { useMap, useMaps, useSaveMap } from '../maps/use-maps.ts'
import { useTouchpoints } from '../touchpoints/touchpoints-query.ts'
import { useVocabulary } from '../touchpoints/use-vocabulary.ts'

const route = getRouteApi('/w/$workspace/')

const wordsOf = (words: AnswerOf<'vocabulary'> | undefined) => ({
  traits: (words?.traits ?? []).map(({ name }) => name),
  properties: (words?.properties ?? []).map(({ name }) => name),
})

const NO_MAPS: AnswerOf<'maps'> = []
const EVERYBODY: NonNullable<MapSearch['segment']> = []

/** The home of a workspace: its living map. */
export function MapPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const search = route.useSearch()
  const navigate = useNavigate()
  const maps = useMaps(workspace.slug)
  const touchpoints = useTouchpoints(workspace.slug)
  const [choosing, setChoosing] = useState(false)
  const words = useVocabulary(workspace.slug, choosing)
  const [last, rememberLast] = useRemembered(lastMapKey(workspace.slug))
  const listed = mapShown(maps.data, search.map, last)
  const mapId = listed?.id
  const asked = useMap(workspace.slug, mapId)
  const map = asked.data
  const living = useLivingMap(workspace, listed, search)
  const save = useSaveMap(workspace.slug)
  useDocumentTitle(map?.name ?? t('place.map'))
  useEffect(() => {
    if (mapId !== undefined) rememberLast(mapId)
  }, [mapId, rememberLast])

  const change = useCallback(
    (part: MapSearch) => {
      void navigate({
        to: '/w/$workspace',
        params: { workspace: workspace.slug },
        search: (before: MapSearch) => ({ ...before, ...part }),
        replace: true,
      })
    },
    [navigate, workspace.slug],
  )
  const open = useCallback(
    (at: string | null, measure: MapSearch['measure'] | null) =>
      change({ at: at ?? undefined, measure: measure ?? undefined }),
    [change],
  )
  const period = living.data?.measured.period
  const { segment } = search
  const act = useCallback(
    (action: LeakAction) => {
      switch (action.kind) {
        case 'segment':
          return change({
            segment: [
              action.by === 'trait'
                ? { kind: 'trait', trait: action.name, op: 'eq', value: action.value }
                : { kind: 'property', property: action.name, op: 'eq', value: action.value },
            ],
          })
        case 'compare-since': {
          const toMs = period?.toMs ?? Date.now()
          return change({
            period: ownPeriod({ fromMs: action.sinceMs, toMs }, workspace.timeZone),
            compare: 'previous',
          })
        }
        case 'open-step':
          return change({ at: action.stepId, measure: undefined })
        case 'customers':
          return void navigate({
            to: '/w/$workspace/customers',
            params: { workspace: workspace.slug },
            search: {
              mapId,
              stepId: action.stepId,
              state: 'left',
              fromMs: period?.fromMs,
              toMs: period?.toMs,
              segment,
            },
          })
      }
    },
    [change, navigate, workspace, mapId, period, segment],
  )
  const openTouchpoint = useCallback(
    (touchpointId: string) =>
      void navigate({
        to: '/w/$workspace/touchpoints',
        params: { workspace: workspace.slug },
        search: { touchpoint: touchpointId },
      }),
    [navigate, workspace],
  )
  const { mutate } = save
  const switches = useMemo(
    () => ({
      onMap: (id: string) => change({ map: id, at: undefined, measure: undefined }),
      onPeriod: (chosen: PeriodChoice) => change({ period: chosen }),
      onCompare: (compare: Comparison) => change({ compare }),
      onSegment: (chosen: NonNullable<MapSearch['segment']>) =>
        change({ segment: chosen.length === 0 ? undefined : chosen }),
      onZoom: (zoom: Zoom) => change({ zoom, at: undefined, measure: undefined }),
      onGoal: (goal: JourneyMap['goal']) => {
        if (map !== undefined) mutate({ ...map, goal })
      },
      onChoosing: () => setChoosing(true),
    }),
    [change, mutate, map],
  )
  const offered = useMemo(() => wordsOf(words.data), [words.data])

  useZoomKeys((zoom) => change({ zoom, at: undefined, measure: undefined }))

  const failed = [maps, asked, touchpoints, living].find((query) => query.error !== null)
  if (failed?.error != null && living.data === undefined) {
    return <Failed error={failed.error} onRetry={() => void failed.refetch()} />
  }
  if (maps.data !== undefined && mapId === undefined) {
    return <NoMap workspace={workspace} />
  }
  if (map === undefined || touchpoints.data === undefined || living.data === undefined) {
    return <Waiting />
  }
  return (
    <div className={styles.page}>
      <MapToolbar
        maps={maps.data ?? NO_MAPS}
        map={map}
        touchpoints={touchpoints.data}
        words={offered}
        mayEdit={workspace.role !== 'viewer'}
        timeZone={workspace.timeZone}
        period={search.period ?? FIRST_PERIOD}
        compare={search.compare ?? 'none'}
        segment={segment ?? EVERYBODY}
        zoom={search.zoom ?? 'all'}
        {...switches}
      />
      <SaveFailed saving={save} />
      <MapScreen
        workspace={workspace.slug}
        map={map}
        touchpoints={touchpoints.data}
        answer={living.data}
        zoom={search.zoom ?? 'all'}
        at={search.at ?? null}
        measure={search.measure ?? null}
        refreshing={living.isFetching}
        onOpen={open}
        onAct={act}
        onTouchpoint={openTouchpoint}
      />
    </div>
  )
}
