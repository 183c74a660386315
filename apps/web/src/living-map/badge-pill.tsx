import { TriangleAlert } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import styles from './badge-pill.module.css'
import type { Badge } from './map-columns.ts'

/** What a definition needs attention for, in one or two words; the whole sentence on hover and in the panel. */
export function BadgePill({ badge, more }: { readonly badge: Badge; readonly more: number }) {
  const { short, long } = useBadgeText()(badge)
  return (
    <span className={styles.badge} title={long}>
      <TriangleAlert size={12} aria-hidden="true" />
      <span className={styles.text}>
        {short}
        {more > 0 && ` +${more}`}
      </span>
    </span>
  )
}

export function useBadgeText(): (badge: Badge) => { short: string; long: string } {
  const { t } = useTranslation()
  const numbers = useNumbers()
  return (badge) => {
    switch (badge.kind) {
      case 'unmeasured':
        return { short: t('badge.unmeasured'), long: t('badge.unmeasuredLong') }
      case 'silent':
        return {
          short: t('badge.silent'),
          long: t('badge.silentLong', { count: badge.days }),
        }
      case 'never':
        return { short: t('badge.never'), long: t('badge.neverLong') }
      case 'overlapping':
        return {
          short: t('badge.overlapping'),
          long: t('badge.overlappingLong', { steps: numbers.list(badge.with) }),
        }
      case 'few-answers':
        return {
          short: t('badge.fewAnswers'),
          long: t('badge.fewAnswersLong', { count: badge.n }),
        }
    }
  }
}
