import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import type { ColumnMeasures } from './map-columns.ts'
import styles from './outcome-bar.module.css'
import { OUTCOMES, outcomeShares } from './outcome.ts'

/** What became of the settled customers of a step, as one bar that is full. */
export function OutcomeBar({ now }: { readonly now: ColumnMeasures }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const shares = outcomeShares(now)
  if (shares === null) return null
  const text = OUTCOMES.filter((name) => shares[name] > 0)
    .map((name) => t(`outcome.${name}`, { share: numbers.percent(shares[name]) }))
    .join(' · ')
  return (
    <span className={styles.bar} role="img" aria-label={text} title={text}>
      {OUTCOMES.map((name) => (
        <span key={name} data-outcome={name} style={{ '--share': shares[name] }} />
      ))}
    </span>
  )
}
