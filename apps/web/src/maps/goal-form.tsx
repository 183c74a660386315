import type { JourneyMap, Touchpoint } from '@parcurs/domain'
import { useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { Button } from '../ui/button.tsx'
import { Check } from '../ui/check.tsx'
import { Choice } from '../ui/choice.tsx'
import { SaveFailed } from '../ui/save-failed.tsx'
import styles from './goal-picker.module.css'
import { useSaveGoal } from './save-goal.ts'

const NO_GOAL = ''

/** The touchpoint that is the goal, and whether its events carry money. */
export default function GoalForm(props: {
  readonly map: JourneyMap
  readonly touchpoints: readonly Touchpoint[]
  readonly mayEdit: boolean
  readonly onSaved: () => void
}) {
  const { t } = useTranslation()
  const { map } = props
  const save = useSaveGoal(useWorkspace().slug)
  const [touchpointId, setTouchpointId] = useState(map.goal?.touchpointId ?? NO_GOAL)
  const [valued, setValued] = useState(map.goal?.valued ?? true)
  const onMap = new Set(
    map.stages.flatMap((stage) => stage.steps.flatMap((step) => step.touchpointIds)),
  )
  return (
    <div className={styles.form}>
      <p className={styles.hint}>{t('goal.hint')}</p>
      <Choice
        label={t('goal.title')}
        shown="field"
        value={touchpointId}
        options={[
          { id: NO_GOAL, text: t('goal.none') },
          ...props.touchpoints
            .filter(({ id }) => onMap.has(id))
            .map(({ id, name }) => ({ id, text: name })),
        ]}
        onChange={setTouchpointId}
      />
      <Check
        label={t('goal.valued')}
        hint={t('goal.valuedHint')}
        value={valued}
        onChange={setValued}
      />
      {!props.mayEdit && <p className={styles.hint}>{t('goal.viewer')}</p>}
      <SaveFailed saving={save} />
      <div className={styles.actions}>
        <Button
          kind="main"
          disabled={!props.mayEdit || save.isPending}
          onPress={() =>
            save.mutate(
              { mapId: map.id, goal: touchpointId === NO_GOAL ? null : { touchpointId, valued } },
              { onSuccess: props.onSaved },
            )
          }
        >
          {t('action.apply')}
        </Button>
      </div>
    </div>
  )
}
