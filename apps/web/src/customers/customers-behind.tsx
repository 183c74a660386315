import type { Period } from '@parcurs/analytics'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import styles from './customers-behind.module.css'
import type { ColumnMeasures } from '../living-map/map-columns.ts'
import panel from '../ui/panel.module.css'
import type { SegmentRule } from '@parcurs/domain'

/** The ways to the customers themselves, one for each number that counts some. */
export function CustomersBehind(props: {
  readonly workspace: string
  readonly mapId: string
  readonly stepId: string
  readonly period: Period
  readonly counts: ColumnMeasures
  /** Whom the numbers count, and so the lists. */
  readonly segment: SegmentRule | null
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const { counts } = props
  const rows = [
    { state: 'visited', count: counts.customers },
    { state: 'moved-on', count: counts.movedOn ?? 0 },
    { state: 'left', count: counts.left },
    { state: 'in-progress', count: counts.inProgress },
  ] as const
  return (
    <section>
      <h3 className={panel.subtitle}>{t('panel.customers')}</h3>
      <ul className={styles.list}>
        {rows.map(({ state, count }) => (
          <li key={state}>
            <Link
              className={styles.link}
              to="/w/$workspace/customers"
              params={{ workspace: props.workspace }}
              search={{
                mapId: props.mapId,
                stepId: props.stepId,
                state,
                fromMs: props.period.fromMs,
                toMs: props.period.toMs,
                segment: props.segment ?? undefined,
              }}
            >
              <span>{t(`customerState.${state}`)}</span>
              <span className={styles.count}>{numbers.count(count)}</span>
              <ChevronRight size={14} aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
