import type { LivingMapAnswer } from '@parcurs/analytics'
import type { JourneyMap } from '@parcurs/domain'
import { Info } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import styles from './map-hints.module.css'

/** With more than this share still in progress, a comparison is not fair yet. */
const MANY = 0.1

/** Says why numbers are missing, before anybody has to wonder. */
export const MapHints = memo(function MapHints(props: {
  readonly answer: LivingMapAnswer
  readonly map: JourneyMap
}) {
  const { measured, windowDays, question, compared, firstEventMs } = props.answer
  const { t } = useTranslation()
  const numbers = useNumbers()
  const last = Math.max(0, ...measured.steps.map((step) => step.lastEventMs ?? 0))
  const hint =
    measured.entrants === 0
      ? last === 0
        ? t('hint.noEvents')
        : t('hint.nobody', { date: numbers.date(last) })
      : measured.inProgress === measured.entrants
        ? t('hint.allInProgress', { count: windowDays })
        : props.map.goal === null
          ? t('hint.noGoal')
          : question.compareTo !== null && compared === null && firstEventMs !== null
            ? t('hint.notCovered', { date: numbers.date(firstEventMs) })
            : compared !== null && measured.inProgress > measured.entrants * MANY
              ? t('hint.stillOpen', {
                  count: measured.inProgress,
                  n: numbers.count(measured.inProgress),
                })
              : null
  return hint === null ? null : (
    <p role="status" className={styles.hint}>
      <Info size={16} aria-hidden="true" />
      {hint}
    </p>
  )
})
