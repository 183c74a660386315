import { memo } from 'react'
import type { ColumnLayout } from './column-layout.ts'
import type { StageColumns } from './map-columns.ts'
import { funnelPath, ribbonBars } from './ribbon.ts'
import styles from './stage-ribbon.module.css'

const BAR = 8
const HEIGHT = 28

/** The slim bars say how many customers are in each stage; the shapes under them lead to the stage's columns. */
export const StageRibbon = memo(function StageRibbon(props: {
  readonly stages: readonly StageColumns[]
  readonly layout: ColumnLayout
}) {
  const { stages, layout } = props
  const bars = ribbonBars(
    stages.map((stage) => stage.customers),
    layout.width,
    3,
    10,
  )
  return (
    <svg className={styles.ribbon} width={layout.width} height={HEIGHT} aria-hidden="true">
      {stages.map((stage, i) => {
        const bar = bars[i]
        const columns = layout.stages[i]
        return bar === undefined || columns === undefined ? null : (
          <g key={stage.id}>
            <path
              className={styles.lead}
              d={funnelPath(bar, { x: columns.x + 1.5, width: columns.width - 3 }, BAR, HEIGHT)}
            />
            <rect className={styles.bar} x={bar.x} y={0} width={bar.width} height={BAR} rx={2} />
          </g>
        )
      })}
    </svg>
  )
})
