import { type ReactNode, useId } from 'react'
import type { ColumnLayout } from './column-layout.ts'
import styles from './journey-canvas.module.css'

export interface CanvasFrame {
  readonly height: number
  /** Room above the plot for arcs ahead, and below it for wedges and ways back. */
  readonly above: number
  readonly below: number
  readonly thickest: number
  /** No emotion to show: no scale is drawn. */
  readonly flat: boolean
}

/** One of the layers that make up the drawing; each is painted on its own. */
export function Layer(props: {
  readonly layout: ColumnLayout
  readonly frame: CanvasFrame
  readonly children: ReactNode
}) {
  return (
    <svg
      className={styles.canvas}
      width={props.layout.width}
      height={props.frame.height}
      aria-hidden="true"
      focusable="false"
    >
      {props.children}
    </svg>
  )
}

/** An id that may stand in `url(#…)`. */
export function useMarkId(): string {
  return `mark-${useId().replaceAll(':', '')}`
}
