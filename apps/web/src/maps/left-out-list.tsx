import type { LeftOut } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import table from '../ui/table.module.css'
import styles from './left-out-list.module.css'

/** Behaviour that became no step, and why. */
export function LeftOutList({ leftOut }: { readonly leftOut: readonly LeftOut[] }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  if (leftOut.length === 0) return null
  return (
    <details className={styles.details}>
      <summary>{t('proposal.leftOut', { count: leftOut.length })}</summary>
      <div
        className={table.frame}
        tabIndex={0}
        role="region"
        aria-label={t('proposal.leftOutTitle')}
      >
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('proposal.behaviour')}</th>
              <th scope="col" className={table.number}>
                {t('place.customers')}
              </th>
              <th scope="col">{t('proposal.why')}</th>
            </tr>
          </thead>
          <tbody>
            {leftOut.slice(0, 100).map((behaviour) => (
              <tr key={`${behaviour.event} ${behaviour.path}`}>
                <td className={table.mono}>
                  {behaviour.event} <span className={table.soft}>{behaviour.path}</span>
                </td>
                <td className={table.number}>{numbers.count(behaviour.customers)}</td>
                <td>{t(`leftOut.${behaviour.why}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
