import { useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { isPeriodChoice, type PeriodChoice } from './period.ts'
import styles from './period-picker.module.css'

/** Two days of one's own. */
export default function OwnDays(props: {
  readonly fromDay: string
  readonly lastDay: string
  readonly onApply: (choice: PeriodChoice) => void
}) {
  const { t } = useTranslation()
  const [from, setFrom] = useState(props.fromDay)
  const [last, setLast] = useState(props.lastDay)
  const choice = `${from}..${last}`
  return (
    <form
      className={styles.own}
      onSubmit={(event) => {
        event.preventDefault()
        if (isPeriodChoice(choice)) props.onApply(choice)
      }}
    >
      <TextInput type="date" label={t('period.from')} value={from} onChange={setFrom} />
      <TextInput type="date" label={t('period.to')} value={last} onChange={setLast} />
      <Button type="submit" disabled={!isPeriodChoice(choice)}>
        {t('action.apply')}
      </Button>
    </form>
  )
}
