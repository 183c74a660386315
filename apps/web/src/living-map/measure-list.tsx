import type { LivingMapAnswer } from '@parcurs/analytics'
import { ChevronRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { countDelta, type Delta, moneyDelta, pointsDelta, ratioDelta } from '../numbers/delta.ts'
import { DeltaMark, type Good } from '../numbers/delta-mark.tsx'
import { type NumberFormats, NONE } from '../numbers/number-formats.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Figure } from '../ui/figure.tsx'
import { DefinitionText } from './definition-text.tsx'
import type { Measure } from './lanes.ts'
import type { ColumnMeasures, MapColumn } from './map-columns.ts'
import { isOpen } from './outcome.ts'
import styles from './measure-list.module.css'

interface MeasureRow {
  readonly measure: Measure
  readonly text: string
  readonly note: string | null
  readonly delta: Delta
  readonly good: Good
}

/** Every number of a step as a line that opens to its definition, its filters and its sample. */
export function MeasureList(props: {
  readonly column: MapColumn
  readonly answer: LivingMapAnswer
  readonly open: Measure | null
  readonly onOpen: (measure: Measure | null) => void
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const opened = useRef<HTMLLIElement>(null)
  // In braces: newer browsers answer a promise, which an effect may not return.
  useEffect(() => {
    opened.current?.scrollIntoView({ block: 'nearest' })
  }, [props.open])
  const rows = props.column.kind === 'step' ? stepRows : stageRows
  return (
    <ul className={styles.list}>
      {rows(props.column, numbers).map((row) => {
        const isOpen = row.measure === props.open
        return (
          <li key={row.measure} ref={isOpen ? opened : null} data-open={isOpen}>
            <button
              type="button"
              className={styles.row}
              aria-expanded={isOpen}
              onClick={() => props.onOpen(isOpen ? null : row.measure)}
            >
              <ChevronRight className={styles.chevron} size={14} aria-hidden="true" />
              <span className={styles.name}>{t(`measure.${row.measure}`)}</span>
              <span className={styles.numbers}>
                <DeltaMark delta={row.delta} good={row.good} />
                {row.note !== null && <span className={styles.note}>{row.note}</span>}
                <Figure className={styles.value} text={row.text} />
              </span>
            </button>
            {isOpen && (
              <div className={styles.definition}>
                <DefinitionText measure={row.measure} answer={props.answer} column={props.column} />
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function stepRows(column: MapColumn, numbers: NumberFormats): readonly MeasureRow[] {
  const { now, before } = column
  const row = (
    measure: Measure,
    text: string,
    note: string | null,
    delta: Delta,
    good: Good,
  ): MeasureRow => ({ measure, text, note, delta, good })
  return [
    row(
      'customers',
      numbers.count(now.customers),
      null,
      countDelta(now.customers, before?.customers),
      'up',
    ),
    row(
      'visits',
      numbers.count(now.visits),
      null,
      ratioDelta(now.visits, before?.visits),
      'neither',
    ),
    row(
      'movedOn',
      numbers.exactPercent(now.movedOnShare),
      now.outcome === null ? null : numbers.count(now.outcome.movedOn),
      points(column, (m) => m.movedOnShare),
      'up',
    ),
    row(
      'next',
      numbers.exactPercent(now.nextShare),
      null,
      points(column, (m) => m.nextShare),
      'up',
    ),
    row(
      'wentBack',
      numbers.exactPercent(now.wentBackShare),
      null,
      points(column, (m) => m.wentBackShare),
      'down',
    ),
    row(
      'time',
      numbers.duration(now.medianToNextMs),
      null,
      ratioDelta(now.medianToNextMs, before?.medianToNextMs),
      'down',
    ),
    ...stageRows(column, numbers).filter((found) => found.measure !== 'customers'),
  ]
}

function stageRows(column: MapColumn, numbers: NumberFormats): readonly MeasureRow[] {
  const { now, before } = column
  const fewer = isOpen(now) || (before !== null && isOpen(before)) ? 'neither' : 'down'
  return [
    {
      measure: 'customers',
      text: numbers.count(now.customers),
      note: null,
      delta: countDelta(now.customers, before?.customers),
      good: 'up',
    },
    {
      measure: 'leaving',
      text: numbers.exactPercent(now.leftShare),
      note: numbers.count(now.left),
      delta: points(column, (m) => m.leftShare),
      good: fewer,
    },
    {
      measure: 'inProgress',
      text: numbers.count(now.inProgress),
      note: null,
      delta: countDelta(now.inProgress, before?.inProgress),
      good: 'neither',
    },
    {
      measure: 'money',
      text: now.money === null ? NONE : numbers.money(now.money.amount),
      note: null,
      delta: moneyDelta(now.money, before?.money ?? null),
      good: fewer,
    },
  ]
}

function points(
  { now, before }: MapColumn,
  share: (measures: ColumnMeasures) => number | null,
): Delta {
  return pointsDelta(
    share(now),
    before === null ? null : share(before),
    now.settled,
    before?.settled ?? 0,
  )
}
