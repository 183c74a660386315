import { memo } from 'react'
import type { ColumnLayout } from './column-layout.ts'
import type { StageColumns } from './map-columns.ts'
import { ribbonPath } from './ribbon.ts'
import styles from './stage-ribbon.module.css'

const HEIGHT = 16
const THICKEST = 14

/** How many customers are in each stage, as a slim band over the stage's own columns. */
export const StageRibbon = memo(function StageRibbon(props: {
  readonly stages: readonly StageColumns[]
  readonly layout: ColumnLayout
}) {
  const { stages, layout } = props
  const extents = stages.flatMap(({ customers }, i) => {
    const extent = layout.stages[i]
    return extent === undefined ? [] : [{ ...extent, customers }]
  })
  return (
    <svg className={styles.ribbon} width={layout.width} height={HEIGHT} aria-hidden="true">
      <path className={styles.band} d={ribbonPath(extents, HEIGHT / 2, THICKEST)} />
    </svg>
  )
})
