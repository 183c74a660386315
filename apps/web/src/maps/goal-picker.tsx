import type { JourneyMap, Touchpoint } from '@parcurs/domain'
import { lazy, Suspense } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { Pop } from '../ui/pop.tsx'
import styles from './goal-picker.module.css'

// The form comes when somebody wants it: the map does not wait for it.
const GoalForm = lazy(() => import('./goal-form.tsx'))

/** What counts as success of this map, and whether it carries money. */
export function GoalPicker(props: {
  readonly map: JourneyMap
  readonly touchpoints: readonly Touchpoint[]
  readonly mayEdit: boolean
}) {
  const { t } = useTranslation()
  const { goal } = props.map
  const name = props.touchpoints.find(({ id }) => id === goal?.touchpointId)?.name
  return (
    <Pop label={t('goal.title')} value={name ?? t('goal.none')}>
      {(close) => (
        <Suspense fallback={<div className={styles.form} />}>
          <GoalForm {...props} onSaved={close} />
        </Suspense>
      )}
    </Pop>
  )
}
