import type { TransitionMeasure } from '@parcurs/analytics'
import type { JourneyMap } from '@parcurs/domain'
import { useMemo } from 'react'
import { useNumbers } from '../numbers/numbers-context.ts'
import { arcOf, movesToDraw } from './arcs.ts'
import { type CanvasFrame, Layer, useMarkId } from './canvas-layer.tsx'
import type { ColumnLayout } from './column-layout.ts'
import styles from './journey-canvas.module.css'
import type { LineNode, LineScale } from './journey-line.ts'
import type { MapColumn } from './map-columns.ts'
import { movesOf } from './map-moves.ts'

/** Arcs are drawn this much thinner than the line: they lie beside it and must not hide it. */
const ARC_SHARE = 0.2
const MOST_ARCS = 4

/**
 * Jumps ahead over the line, ways back under it, drawn loops dashed and with their number; those of the active step
 * stand out, with theirs.
 */
export function JourneyArcs(props: {
  readonly map: JourneyMap
  readonly transitions: readonly TransitionMeasure[]
  readonly columns: readonly MapColumn[]
  readonly nodes: readonly LineNode[]
  readonly scale: LineScale
  readonly layout: ColumnLayout
  readonly frame: CanvasFrame
  readonly active: number | null
}) {
  const numbers = useNumbers()
  const tip = useMarkId()
  const { active } = props
  const { map, transitions, columns } = props
  const moves = useMemo(() => movesOf(map, transitions, columns), [map, transitions, columns])
  const drawn = movesToDraw(moves, MOST_ARCS, new Set(active === null ? [] : [active]))
  const frame = {
    top: 8,
    bottom: props.frame.height - 8,
    columnWidth: props.layout.columnWidth,
  }
  return (
    <Layer layout={props.layout} frame={props.frame}>
      <defs>
        <marker
          id={tip}
          viewBox="0 0 8 8"
          refX="4"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0.8L7 4L0 7.2Z" className={styles.tip} />
        </marker>
      </defs>
      {drawn.map((move) => {
        const arc = arcOf(move, props.nodes, frame)
        if (arc === null) return null
        const mine = active !== null && (move.from === active || move.to === active)
        const state = active === null ? 'plain' : mine ? 'mine' : 'other'
        return (
          <g
            key={`${move.from}-${move.to}`}
            className={styles.arc}
            data-kind={arc.kind}
            data-state={state}
          >
            <path
              d={arc.path}
              fill="none"
              strokeWidth={
                (arc.kind === 'back' && !mine) || arc.kind === 'loop'
                  ? 1.25
                  : Math.max(1.25, props.scale.thickness(move.customers) * ARC_SHARE)
              }
            />
            <path
              className={styles.tipCarrier}
              d={arc.path}
              fill="none"
              strokeWidth={1}
              markerEnd={`url(#${tip})`}
            />
            {(mine || arc.kind === 'loop') && (
              <text x={arc.labelX} y={arc.labelY + (arc.kind === 'ahead' ? 12 : -4)}>
                {numbers.compactCount(move.customers)}
              </text>
            )}
          </g>
        )
      })}
    </Layer>
  )
}
