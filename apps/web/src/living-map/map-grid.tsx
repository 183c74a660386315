import type { TransitionMeasure } from '@parcurs/analytics'
import type { JourneyMap } from '@parcurs/domain'
import {
  type KeyboardEvent,
  lazy,
  Suspense,
  type SyntheticEvent,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from '../languages/translation.ts'
import { type ColumnLayout, columnLayout, type Zoom } from './column-layout.ts'
import { frameOf } from './frames.ts'
import { JourneyCanvas } from './journey-canvas.tsx'
import { EmotionAxis } from './emotion-axis.tsx'
import { LaneRow } from './lane-row.tsx'
import { LANES, type LaneId } from './lanes.ts'
import { columnPlaces, type MapColumn, type StageColumns } from './map-columns.ts'
import styles from './map-grid.module.css'
import { type GridPlace, placeAfter } from './roving-grid.ts'
import { printZoom } from './use-paper.ts'
import { StageHeaders } from './stage-headers.tsx'
import { StageRibbon } from './stage-ribbon.tsx'
import { StepHeaders } from './step-headers.tsx'

// Read once by whoever sees the drawing for the first time; its line is kept free.
const JourneyLegend = lazy(() => import('./journey-legend.tsx'))

/** What was opened: a column, one number of it, or a lane's definition. */
export interface Opened {
  readonly columnId: string | null
  readonly lane: LaneId | null
}

const hasLoops = ({ stages }: JourneyMap) =>
  stages.some(({ steps }) => steps.some(({ loopsTo }) => loopsTo.length > 0))

/** What fits into a column: channels without names up to `narrow`, badges without words up to `slim`. */
function widthName(columnWidth: number): 'narrow' | 'slim' | 'wide' {
  if (columnWidth <= 88) return 'narrow'
  return columnWidth <= 104 ? 'slim' : 'wide'
}

export const LANES_OF: Record<Zoom, readonly LaneId[]> = {
  all: LANES,
  line: [],
  stages: ['channels', 'customers', 'leaving', 'money', 'emotion'],
}

/**
 * The map itself: a grid of one Tab stop. Arrows move, Enter opens, and the pointer does the same.
 * The drawing between header and lanes is hidden from screen readers, because the lanes say it in words.
 */
export function MapGrid(props: {
  readonly stages: readonly StageColumns[]
  readonly map: JourneyMap
  readonly transitions: readonly TransitionMeasure[]
  /** Steps of the leaks told above the map. */
  readonly leaks: readonly string[]
  readonly entrants: number
  readonly zoom: Zoom
  /** Room for the columns, in pixels. */
  readonly room: number
  /** The screen is low: the lanes come first. */
  readonly low: boolean
  readonly selected: Opened
  readonly onOpen: (opened: Opened) => void
}) {
  const { stages, zoom, room, low, selected, onOpen } = props
  const { t } = useTranslation()
  const lanes = LANES_OF[zoom]
  const columns = useMemo(() => stages.flatMap((stage) => stage.columns), [stages])
  const layout = useMemo(
    () =>
      columnLayout(
        stages.map((stage) => columnPlaces(stage.columns).length),
        room,
        zoom,
      ),
    [stages, room, zoom],
  )
  // What stands here is inherited by every cell: it may not change with the pointer.
  const variables = useMemo(
    () => ({ '--column': `${layout.columnWidth}px`, '--print': printZoom(layout.width) }),
    [layout],
  )
  const firsts = useMemo(() => firstOfStage(stages), [stages])
  const mostMoney = useMemo(
    () => Math.max(0, ...columns.map((column) => column.now.money?.amount ?? 0)),
    [columns],
  )
  const frame = useMemo(() => frameOf(zoom, columns, low), [zoom, columns, low])
  const compared = columns.some(({ before }) => before !== null)
  const grid = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<GridPlace>({ row: 0, column: 0 })
  const [pointed, setPointed] = useState<number | null>(null)
  const selectedColumn = columns.findIndex((column) => column.id === selected.columnId)
  const active = pointed ?? (selectedColumn === -1 ? null : selectedColumn)

  const open = (at: GridPlace) => {
    setPlace(at)
    onOpen({
      columnId: columns[at.column]?.id ?? null,
      lane: at.row === 0 ? null : (lanes[at.row - 1] ?? null),
    })
  }
  /** The pointer or the focus came to a cell. */
  const point = (event: SyntheticEvent) => {
    const at = placeOf(event.target)
    if (at !== null) setPointed(at.column === -1 ? null : at.column)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      open(place)
      return
    }
    const next = placeAfter(event.key, event.ctrlKey, place, {
      rows: lanes.length + 1,
      columns: columns.length,
    })
    if (next === null) return
    event.preventDefault()
    // The corner above the rail holds nothing to open.
    const to = next.row === 0 && next.column === -1 ? { ...next, column: 0 } : next
    setPlace(to)
    setPointed(to.column === -1 ? null : to.column)
    grid.current
      ?.querySelector<HTMLElement>(`[data-place="${to.row}:${to.column}"]`)
      ?.focus({ preventScroll: false })
  }

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={t('map.gridLabel')}
      aria-rowcount={lanes.length + 2}
      aria-colcount={columns.length + 1}
      className={styles.grid}
      data-zoom={zoom}
      data-columns={widthName(layout.columnWidth)}
      style={variables}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const at = placeOf(event.target)
        if (at !== null) open(at)
      }}
      onPointerOver={point}
      onFocus={point}
      onPointerLeave={() => setPointed(null)}
      onBlur={() => setPointed(null)}
    >
      <div
        className={styles.column}
        data-shown={active !== null}
        style={{ '--active': columns[active ?? 0]?.place ?? 0 }}
        aria-hidden="true"
      />
      <div role="rowgroup" className={styles.head}>
        <div className={styles.ribbonRow} aria-hidden="true">
          <div className={styles.corner} />
          <StageRibbon stages={stages} layout={layout} />
        </div>
        <StageHeaders stages={stages} entrants={props.entrants} />
        {zoom !== 'stages' && (
          <StepHeaders
            columns={columns}
            firsts={firsts}
            tabColumn={place.row === 0 ? place.column : null}
            selected={selectedColumn}
          />
        )}
      </div>
      <div className={styles.keyRow} aria-hidden="true">
        <Suspense fallback={null}>
          <JourneyLegend
            flat={frame.flat}
            compared={compared}
            loops={zoom !== 'stages' && hasLoops(props.map)}
          />
        </Suspense>
      </div>
      <div className={styles.canvasRow} aria-hidden="true">
        <div className={styles.legend}>
          <EmotionAxis frame={frame} />
        </div>
        <div
          className={styles.canvas}
          onPointerMove={(event) => {
            const box = event.currentTarget.getBoundingClientRect()
            setPointed(columnAt(event.clientX - box.left, layout, columns))
          }}
          onClick={() => active !== null && open({ row: 0, column: active })}
        >
          <JourneyCanvas
            columns={columns}
            map={props.map}
            transitions={props.transitions}
            layout={layout}
            frame={frame}
            active={active}
            labelled={zoom !== 'all'}
            leaks={props.leaks}
          />
        </div>
      </div>
      <div role="rowgroup">
        {lanes.map((lane, i) => (
          <LaneRow
            key={lane}
            lane={lane}
            row={i + 1}
            columns={columns}
            firsts={firsts}
            mostMoney={mostMoney}
            tabColumn={place.row === i + 1 ? place.column : null}
            active={lane === 'customers' ? active : null}
            opened={selected.lane === lane ? selectedColumn : null}
          />
        ))}
      </div>
    </div>
  )
}

/** The place of the cell or header around an element; null: it stands in none. */
function placeOf(target: EventTarget): GridPlace | null {
  const place = target instanceof Element ? target.closest('[data-place]') : null
  const [row, column] = (place?.getAttribute('data-place') ?? '').split(':').map(Number)
  return row === undefined || column === undefined ? null : { row, column }
}

function columnAt(x: number, layout: ColumnLayout, columns: readonly MapColumn[]): number | null {
  const place = Math.floor(x / layout.columnWidth)
  const column = columns.findIndex((one) => one.place === place)
  return column < 0 ? null : column
}

/** The columns that begin a stage, where a line is drawn. */
function firstOfStage(stages: readonly StageColumns[]): ReadonlySet<number> {
  let at = 0
  return new Set(
    stages.map((stage) => {
      const first = at
      at += stage.columns.length
      return first
    }),
  )
}
