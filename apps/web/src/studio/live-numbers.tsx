import type { LivingMapAnswer } from '@parcurs/analytics'
import { journeyOf, type MapDocument, type Touchpoint } from '@parcurs/domain'
import { useMemo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { LaneCell } from '../living-map/lane-cell.tsx'
import { stageColumns } from '../living-map/map-columns.ts'
import styles from './live-numbers.module.css'
import type { StudioColumn } from './studio-layout.ts'

const SHOWN = ['customers', 'movedOn', 'leaving', 'money'] as const

/** What is measured of the steps while they are drawn: a step that is new has no numbers yet. */
export function LiveNumbers(props: {
  readonly document: MapDocument
  readonly columns: readonly StudioColumn[]
  readonly touchpoints: readonly Touchpoint[]
  readonly answer: LivingMapAnswer
}) {
  const { document, touchpoints, answer } = props
  const { t } = useTranslation()
  const byStep = useMemo(() => {
    const { measured, nowMs } = answer
    const map = journeyOf(document, 'drawn', 0)
    const columns = stageColumns({ map, touchpoints, measured, compared: null, nowMs }, false)
    return new Map(columns.flatMap((stage) => stage.columns).map((column) => [column.id, column]))
  }, [document, touchpoints, answer])
  const mostMoney = Math.max(0, ...[...byStep.values()].map(({ now }) => now.money?.amount ?? 0))
  return SHOWN.map((lane) => (
    <div key={lane} role="row" className={styles.row}>
      <div role="rowheader" className={styles.rail}>
        {t(`lane.${lane}`)}
      </div>
      {props.columns.map(({ step, stage }) => {
        const column = step === null ? undefined : byStep.get(step)
        return (
          <div key={step ?? `gap-${stage}`} role="gridcell" className={styles.cell}>
            {column !== undefined && <LaneCell lane={lane} column={column} mostMoney={mostMoney} />}
          </div>
        )
      })}
    </div>
  ))
}
