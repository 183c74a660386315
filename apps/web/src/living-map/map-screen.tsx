import type { LivingMapAnswer } from '@parcurs/analytics'
import { type JourneyMap, mapPositions, type Touchpoint } from '@parcurs/domain'
import { lazy, Suspense, useCallback, useEffect, useMemo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import type { Zoom } from './column-layout.ts'
import type { Measure } from './lanes.ts'
import type { LeakAction } from './leak-action.ts'
import { LeakStrip } from './leak-strip.tsx'
import { stageColumns } from './map-columns.ts'
import { MapGrid, type Opened } from './map-grid.tsx'
import styles from './map-screen.module.css'
import { laneOfMeasure, measureOfLane } from './map-search.ts'
import { MapSummary } from './map-summary.tsx'
import { useAfterPaint } from './use-after-paint.ts'
import { useColumnInSight } from './use-column-in-sight.ts'
import { useRoom } from './use-room.ts'
import { useStoryOnPaper } from './use-paper.ts'

export interface MapScreenProps {
  readonly workspace: string
  readonly map: JourneyMap
  readonly touchpoints: readonly Touchpoint[]
  readonly answer: LivingMapAnswer
  readonly zoom: Zoom
  readonly at: string | null
  readonly measure: Measure | null
  readonly refreshing: boolean
  readonly onOpen: (at: string | null, measure: Measure | null) => void
  readonly onAct: (action: LeakAction) => void
  readonly onTouchpoint: (touchpointId: string) => void
}

const panels = () => import('./panels.ts')
// Phones tell the map as a story, and so does paper that is too narrow for it.
const mapStory = () => import('./map-story.tsx')
// Seldom there, or under the map, where nobody looks first.
const around = () => import('./around-map.tsx')
const MapHints = lazy(async () => ({ default: (await around()).MapHints }))
const UnderMap = lazy(async () => ({ default: (await around()).UnderMap }))
const MapStory = lazy(async () => ({ default: (await mapStory()).MapStory }))
const StepPanel = lazy(async () => ({ default: (await panels()).StepPanel }))
const DefinitionPanel = lazy(async () => ({ default: (await panels()).DefinitionPanel }))

/** The living map from plain data: strip, grid (on a phone the story) and panel. Never waits. */
export function MapScreen(props: MapScreenProps) {
  const { map, touchpoints, answer, zoom, at, measure, onOpen } = props
  const { t } = useTranslation()
  const { room, phone, low } = useRoom()
  const story = useStoryOnPaper(columnsOf(map)) || phone
  useEffect(() => {
    // Fetched once the map is drawn, so that no press waits; what fails here is fetched again by the press.
    void Promise.allSettled([panels(), mapStory()])
  }, [])
  const stagesOnly = zoom === 'stages' && !phone
  const stages = useMemo(
    () =>
      stageColumns(
        {
          map,
          touchpoints,
          measured: answer.measured,
          compared: answer.compared,
          nowMs: answer.nowMs,
        },
        stagesOnly,
      ),
    [map, touchpoints, answer, stagesOnly],
  )
  const columns = useMemo(() => stages.flatMap((stage) => stage.columns), [stages])
  const leaks = useMemo(
    () => answer.measured.leaks.slice(0, 3).map(({ stepId }) => stepId),
    [answer],
  )
  const selected: Opened = useMemo(
    () => ({ columnId: at, lane: laneOfMeasure(measure ?? undefined) }),
    [at, measure],
  )
  // The panel is the heaviest to draw, and comes one frame after the cell that opens it.
  const panel = useAfterPaint(useMemo(() => ({ at, measure }), [at, measure]))
  const opened = columns.find((column) => column.id === panel.at)
  const open = useCallback(
    (next: Opened) => onOpen(next.columnId, measureOfLane(next.lane) ?? null),
    [onOpen],
  )
  const close = () => {
    onOpen(null, null)
    document.querySelector<HTMLElement>('[role=grid] [tabindex="0"]')?.focus()
  }
  const scroller = useColumnInSight(at, room)
  const goal = touchpoints.find((touchpoint) => touchpoint.id === map.goal?.touchpointId)
  // What does not change with the step opened is not drawn again: everything handed down keeps its identity.
  const openStep = useCallback((stepId: string) => onOpen(stepId, null), [onOpen])
  const openMeasure = useCallback((opening: Measure) => onOpen(null, opening), [onOpen])

  return (
    <div className={styles.screen} data-panel={opened !== undefined || panel.measure !== null}>
      <div
        ref={scroller}
        className={styles.scroller}
        aria-busy={props.refreshing}
        tabIndex={-1}
        id="map-scroller"
      >
        <div className={styles.strip}>
          <div className={styles.cards}>
            <MapSummary answer={answer} goalName={goal?.name ?? null} onOpen={openMeasure} />
            <LeakStrip map={map} answer={answer} onOpen={openStep} onAct={props.onAct} />
          </div>
        </div>
        <Suspense fallback={null}>
          <MapHints answer={answer} map={map} />
        </Suspense>
        <h2 className="visually-hidden">{t('map.heading')}</h2>
        {story ? (
          <Suspense fallback={null}>
            <MapStory stages={stages} onOpen={openStep} opened={at} />
          </Suspense>
        ) : (
          <MapGrid
            stages={stages}
            map={map}
            transitions={answer.measured.transitions}
            leaks={leaks}
            entrants={answer.measured.entrants}
            zoom={zoom}
            room={room}
            low={low}
            selected={selected}
            onOpen={open}
          />
        )}
        <Suspense fallback={null}>
          <UnderMap
            workspace={props.workspace}
            mapId={map.id}
            answer={answer}
            stages={story || zoom !== 'all' ? null : stages}
            room={room}
            onOpen={openMeasure}
          />
        </Suspense>
      </div>
      <Suspense fallback={null}>
        {opened !== undefined ? (
          <StepPanel
            workspace={props.workspace}
            map={map}
            answer={answer}
            column={opened}
            stageName={map.stages.find((stage) => stage.id === opened.stageId)?.name ?? ''}
            measure={panel.measure}
            onMeasure={(next) => onOpen(opened.id, next)}
            onOpenStep={openStep}
            onTouchpoint={props.onTouchpoint}
            onClose={close}
          />
        ) : (
          panel.measure !== null && (
            <DefinitionPanel measure={panel.measure} answer={answer} onClose={close} />
          )
        )}
      </Suspense>
    </div>
  )
}

const columnsOf = (map: JourneyMap) => new Set(mapPositions(map)).size
