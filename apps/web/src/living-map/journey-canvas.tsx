import type { TransitionMeasure } from '@parcurs/analytics'
import type { JourneyMap } from '@parcurs/domain'
import { lazy, memo, Suspense, useMemo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { type CanvasFrame, Layer, useMarkId } from './canvas-layer.tsx'
import type { ColumnLayout } from './column-layout.ts'
import styles from './journey-canvas.module.css'
import {
  bandPath,
  type LineNode,
  type LineScale,
  lineNodes,
  linePath,
  lineScale,
  wedge,
} from './journey-line.ts'
import { largestLeaks, leavingShares } from './largest-leaks.ts'
import { meanPoints, outline, pieces, standApart } from './stacked-nodes.ts'
import { type ColumnMeasures, type MapColumn, shownEmotion } from './map-columns.ts'

// Beside the line, and quiet: they may come after it.
const JourneyArcs = lazy(async () => ({
  default: (await import('./journey-arcs.tsx')).JourneyArcs,
}))

/** Where a wedge ends and its words begin. */
const WEDGE_SHARE = 0.5
/** Of a column: a wedge of everybody would meet its neighbour. */
const WIDEST_WEDGE = 0.9
/** The line begins before its first step: customers come from somewhere. */
const LEAD_IN = 28

/**
 * Draws the journey line, what leaves and the moves off the line. Plain data in, no waiting; the table under it
 * says the same in words. Only the arcs follow the pointer: what is under and over them is drawn once.
 */
export const JourneyCanvas = memo(function JourneyCanvas(props: {
  readonly columns: readonly MapColumn[]
  readonly map: JourneyMap
  readonly transitions: readonly TransitionMeasure[]
  readonly layout: ColumnLayout
  readonly frame: CanvasFrame
  readonly active: number | null
  readonly labelled: boolean
  /** Steps of the leaks told above the map. */
  readonly leaks: readonly string[]
}) {
  const { columns, layout, frame } = props
  const { scale, nodes, before } = useMemo(
    () => placed(columns, layout, frame),
    [columns, layout, frame],
  )
  return (
    <div className={styles.layers} style={{ width: layout.width, height: frame.height }}>
      <Ground layout={layout} frame={frame} scale={scale} before={before} />
      <Suspense fallback={null}>
        <JourneyArcs
          map={props.map}
          transitions={props.transitions}
          columns={columns}
          layout={layout}
          frame={frame}
          active={props.active}
          nodes={nodes}
          scale={scale}
        />
      </Suspense>
      <Line
        columns={columns}
        layout={layout}
        frame={frame}
        nodes={nodes}
        scale={scale}
        labelled={props.labelled}
        leaks={props.leaks}
      />
    </div>
  )
})

/** Where everything stands. */
function placed(
  columns: readonly MapColumn[],
  layout: ColumnLayout,
  frame: CanvasFrame,
): {
  readonly scale: LineScale
  readonly nodes: readonly LineNode[]
  /** Of the compared period; empty: there is none. */
  readonly before: readonly LineNode[]
} {
  const plot = { top: frame.above, height: frame.height - frame.above - frame.below }
  const scale = lineScale(
    { ...plot, maxThickness: frame.thickest },
    Math.max(
      0,
      ...columns.map(({ now, before }) => Math.max(now.customers, before?.customers ?? 0)),
    ),
  )
  const nodesOf = (of: (column: MapColumn) => ColumnMeasures | null) =>
    standApart(
      lineNodes(
        columns.flatMap((column) => {
          const measures = of(column)
          const x = layout.centres[column.place] ?? 0
          return measures === null
            ? []
            : [{ x, customers: measures.customers, emotion: shownEmotion(measures.emotion) }]
        }),
        scale,
      ),
    )
  return { scale, nodes: nodesOf(({ now }) => now), before: nodesOf(({ before }) => before) }
}

const Ground = memo(function Ground(props: {
  readonly layout: ColumnLayout
  readonly frame: CanvasFrame
  readonly scale: LineScale
  readonly before: readonly LineNode[]
}) {
  const { layout, frame, scale, before } = props
  const edge = (side: 1 | -1) => linePath(outline(before, side))
  return (
    <Layer layout={layout} frame={frame}>
      {(frame.flat ? [] : [2, 1, 0, -1, -2]).map((emotion) => (
        <line
          key={emotion}
          className={emotion === 0 ? styles.zero : styles.grid}
          x1={0}
          x2={layout.width}
          y1={Math.round(scale.y(emotion)) + 0.5}
          y2={Math.round(scale.y(emotion)) + 0.5}
        />
      ))}
      <path className={styles.before} d={edge(-1)} />
      <path className={styles.before} d={edge(1)} />
    </Layer>
  )
})

const Line = memo(function Line(props: {
  readonly columns: readonly MapColumn[]
  readonly layout: ColumnLayout
  readonly frame: CanvasFrame
  readonly nodes: readonly LineNode[]
  readonly scale: LineScale
  readonly labelled: boolean
  readonly leaks: readonly string[]
}) {
  const { columns, layout, frame, nodes, scale } = props
  const { t } = useTranslation()
  const hatch = useMarkId()
  const largest = useMemo(() => largestLeaks(columns, props.leaks), [columns, props.leaks])
  const believed = linePath(
    meanPoints(
      columns.map(({ place, believed }) => ({
        x: layout.centres[place] ?? 0,
        y: scale.y(believed ?? 0),
        drawn: believed !== null,
      })),
    ),
  )
  return (
    <Layer layout={layout} frame={frame}>
      <defs>
        <pattern
          id={hatch}
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="4" height="4" className={styles.hatchGround} />
          <rect width="1.6" height="4" className={styles.hatchStroke} />
        </pattern>
        {(['in', 'out'] as const).map((way) => (
          <linearGradient key={way} id={`${hatch}-fade-${way}`}>
            <stop offset="0.3" className={way === 'in' ? styles.pale : styles.full} />
            <stop offset="0.9" className={way === 'in' ? styles.full : styles.pale} />
          </linearGradient>
        ))}
      </defs>
      <Wedges {...props} hatch={hatch} largest={largest} />
      <Band nodes={nodes} fade={`${hatch}-fade`} />
      <path className={styles.believedHalo} d={believed} />
      <path className={styles.believed} d={believed} />
      {columns.map((column, i) => (
        <Marks key={column.id} column={column} node={nodes[i]} scale={scale} />
      ))}
      <Labels
        columns={columns}
        nodes={nodes}
        frame={frame}
        largest={largest}
        all={props.labelled}
        t={t}
      />
    </Layer>
  )
})

/** Solid where it is measured, pale where it is not, and passing over between the two. */
function Band({ nodes, fade }: { readonly nodes: readonly LineNode[]; readonly fade: string }) {
  const first = nodes[0]
  const path = first === undefined ? nodes : [{ ...first, x: first.x - LEAD_IN }, ...nodes]
  return pieces(path).map(([from, to], i) => {
    const d = bandPath(from, to)
    if (from.measured !== to.measured) {
      return <path key={i} d={d} fill={`url(#${fade}-${to.measured ? 'in' : 'out'})`} />
    }
    return <path key={i} className={to.measured ? styles.band : styles.bandUnmeasured} d={d} />
  })
}

function Wedges(props: {
  readonly columns: readonly MapColumn[]
  readonly nodes: readonly LineNode[]
  readonly scale: LineScale
  readonly frame: CanvasFrame
  readonly layout: ColumnLayout
  readonly largest: ReadonlySet<number>
  readonly hatch: string
}) {
  const widest = props.layout.columnWidth * WIDEST_WEDGE
  return props.columns.map((column, i) => {
    const node = props.nodes[i]
    if (node === undefined) return null
    const shares = leavingShares(column)
    const shape = wedge(
      node,
      Math.max(1, shares.left * widest),
      Math.max(1, shares.inProgress * widest),
      props.frame.below * WEDGE_SHARE,
    )
    return (
      <g key={column.id}>
        {column.now.left > 0 && (
          <path className={styles.left} data-largest={props.largest.has(i)} d={shape.left} />
        )}
        {column.now.inProgress > 0 && (
          <path className={styles.inProgress} d={shape.inProgress} fill={`url(#${props.hatch})`} />
        )}
      </g>
    )
  })
}

function Marks(props: {
  readonly column: MapColumn
  readonly node: LineNode | undefined
  readonly scale: LineScale
}) {
  const { column, node, scale } = props
  if (node === undefined) return null
  const { low, high } = column.now.emotion
  return (
    <g>
      {node.measured && low !== null && high !== null && (
        <path
          className={styles.interval}
          d={`M${node.x - 4} ${scale.y(high)}h8M${node.x} ${scale.y(high)}V${scale.y(low)}M${node.x - 4} ${scale.y(low)}h8`}
        />
      )}
      <circle
        className={node.measured ? styles.node : styles.nodeUnmeasured}
        cx={node.x}
        cy={node.y}
        r={column.momentOfTruth ? 5.5 : 4}
      />
      {column.believed !== null && (
        <path
          className={styles.believedMark}
          d={`M${node.x} ${scale.y(column.believed) - 4}l4 4l-4 4l-4 -4Z`}
        />
      )}
    </g>
  )
}

function Labels(props: {
  readonly columns: readonly MapColumn[]
  readonly nodes: readonly LineNode[]
  readonly frame: CanvasFrame
  readonly largest: ReadonlySet<number>
  /** Every column; else what the largest lose. Alternatives stand too close: their numbers stand in the lanes. */
  readonly all: boolean
  readonly t: (key: 'map.leftShort', values: { readonly share: string }) => string
}) {
  const numbers = useNumbers()
  return props.columns.map((column, i) => {
    const node = props.nodes[i]
    if (node === undefined) return null
    const edge = node.thickness / 2
    return (
      <g key={column.id} className={styles.label}>
        {props.all && !column.alternative && (
          <text x={node.x} y={node.y - edge - 10}>
            {numbers.compactCount(column.now.customers)}
          </text>
        )}
        {column.now.left > 0 && !column.alternative && (props.all || props.largest.has(i)) && (
          <text
            className={styles.leftLabel}
            y={node.y + edge + props.frame.below * WEDGE_SHARE + 12}
          >
            <tspan x={node.x}>
              {props.t('map.leftShort', { share: numbers.percent(column.now.leftShare) })}
            </tspan>
            {column.now.money !== null && props.largest.has(i) && (
              <tspan x={node.x} dy={14}>
                {numbers.compactMoney(column.now.money.amount)}
              </tspan>
            )}
          </text>
        )}
      </g>
    )
  })
}
