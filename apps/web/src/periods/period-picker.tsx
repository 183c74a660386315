import { useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Button } from '../ui/button.tsx'
import { Pop } from '../ui/pop.tsx'
import { useNow } from '../ui/use-now.ts'
import { TextInput } from '../ui/text-input.tsx'
import { dayOf, isPeriodChoice, PERIOD_PRESETS, type PeriodChoice, periodOf } from './period.ts'
import styles from './period-picker.module.css'

/** A preset at one press, or two days of one's own. */
export function PeriodPicker(props: {
  readonly period: PeriodChoice
  readonly timeZone: string
  readonly onChange: (period: PeriodChoice) => void
}) {
  const { period, timeZone } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const preset = PERIOD_PRESETS.find((known) => known === period)
  const nowMs = useNow()
  const shown = periodOf(period, nowMs, timeZone)
  return (
    <Pop
      label={t('period.title')}
      value={
        preset === undefined ? numbers.period(shown.fromMs, shown.toMs) : t(`period.${preset}`)
      }
    >
      {(close) => (
        <>
          <ul className={styles.presets}>
            {PERIOD_PRESETS.map((known) => (
              <li key={known}>
                <button
                  type="button"
                  aria-pressed={known === period}
                  className={styles.preset}
                  onClick={() => {
                    props.onChange(known)
                    close()
                  }}
                >
                  {t(`period.${known}`)}
                </button>
              </li>
            ))}
          </ul>
          <OwnDays
            fromDay={dayOf(shown.fromMs, timeZone)}
            lastDay={dayOf(shown.toMs - 1, timeZone)}
            onApply={(choice) => {
              props.onChange(choice)
              close()
            }}
          />
        </>
      )}
    </Pop>
  )
}

function OwnDays(props: {
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
