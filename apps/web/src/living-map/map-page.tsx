import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { SegmentRule } from '@parcurs/domain'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { answerIn } from '../ui/asked.ts'
import { Shown } from '../ui/shown.tsx'
import { type ShownMap, useShownMap } from './use-shown-map.ts'
import { Waiting } from '../ui/waiting.tsx'
import { useDocumentTitle } from '../ui/document-title.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import type { Zoom } from './column-layout.ts'
import type { LeakAction } from './leak-action.ts'
import { MapScreen } from './map-screen.tsx'
import type { MapSearch } from './map-search.ts'
import { MapToolbar } from './map-toolbar.tsx'
import styles from './map-page.module.css'
import { useZoomKeys } from './use-zoom-keys.ts'
import { type Comparison, FIRST_PERIOD, type PeriodChoice } from '../periods/period.ts'

const StaleMap = lazy(async () => ({ default: (await import('./around-map.tsx')).StaleMap }))
const Studio = lazy(async () => ({ default: (await import('../studio/studio.tsx')).Studio }))
// Seen until there is a map, and never again.
const NoMap = lazy(async () => ({ default: (await import('../maps/no-map.tsx')).NoMap }))

const route = getRouteApi('/w/$workspace/')

/** The home of a workspace: its living map. */
export function MapPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const search = route.useSearch()
  const asked = useShownMap(workspace, search)
  useDocumentTitle(answerIn(asked)?.map.name ?? t('place.map'))
  return (
    <Shown asked={asked} fill>
      {(shown) =>
        shown === null ? (
          <Suspense fallback={<Waiting />}>
            <NoMap workspace={workspace} />
          </Suspense>
        ) : (
          <MapView shown={shown} search={search} />
        )
      }
    </Shown>
  )
}

/** The map with what it can be switched to. The toolbar stands whatever becomes of the numbers. */
function MapView(props: { readonly shown: ShownMap; readonly search: MapSearch }) {
  const { search } = props
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const { maps, map, touchpoints } = props.shown
  const mapId = map.id
  const { living } = props.shown

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
  const period = answerIn(living)?.measured.period
  const { segment } = search
  const act = useCallback(
    (action: LeakAction) => {
      void import('./leak-leads.ts').then(({ leadsTo }) => {
        const { timeZone, slug } = workspace
        const to = leadsTo(action, { mapId, period, segment, timeZone, nowMs: Date.now() })
        if (to.place === 'map') change(to.search)
        else {
          const params = { workspace: slug }
          void navigate({ to: '/w/$workspace/customers', params, search: to.search })
        }
      })
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
  const switches = useMemo(
    () => ({
      onMap: (id: string) => change({ map: id, at: undefined, measure: undefined }),
      onPeriod: (chosen: PeriodChoice) => change({ period: chosen }),
      onCompare: (compare: Comparison) => change({ compare }),
      onSegment: (chosen: SegmentRule | null) => change({ segment: chosen ?? undefined }),
      onZoom: (zoom: Zoom) => change({ zoom, at: undefined, measure: undefined }),
      onEdit: () => change({ edit: true }),
    }),
    [change],
  )
  useZoomKeys((zoom) => change({ zoom, at: undefined, measure: undefined }))

  return (
    <div className={styles.page}>
      <MapToolbar
        workspace={workspace.slug}
        maps={maps}
        map={map}
        touchpoints={touchpoints}
        mayEdit={workspace.role !== 'viewer'}
        timeZone={workspace.timeZone}
        period={search.period ?? FIRST_PERIOD}
        compare={search.compare ?? 'none'}
        segment={segment ?? null}
        zoom={search.zoom ?? 'all'}
        {...switches}
      />
      {search.edit === true && workspace.role !== 'viewer' ? (
        <Suspense fallback={<Waiting />}>
          <Studio
            key={mapId}
            workspace={workspace.slug}
            mapId={mapId}
            touchpoints={touchpoints}
            answer={answerIn(living)}
            onDone={() => change({ edit: undefined })}
          />
        </Suspense>
      ) : (
        <Shown asked={living} fill>
          {(answer) => (
            <>
              {living.state === 'stale' && (
                <Suspense fallback={null}>
                  <StaleMap answer={answer} />
                </Suspense>
              )}
              <MapScreen
                workspace={workspace.slug}
                map={map}
                touchpoints={touchpoints}
                answer={answer}
                zoom={search.zoom ?? 'all'}
                at={search.at ?? null}
                measure={search.measure ?? null}
                refreshing={living.state === 'stale'}
                onOpen={open}
                onAct={act}
                onTouchpoint={openTouchpoint}
              />
            </>
          )}
        </Shown>
      )}
    </div>
  )
}
