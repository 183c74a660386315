import { lazy, Suspense } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Pop } from '../ui/pop.tsx'
import { useNow } from '../ui/use-now.ts'
import { dayOf, PERIOD_PRESETS, type PeriodChoice, periodOf } from './period.ts'
import styles from './period-picker.module.css'

// Fields come when somebody wants them: the map does not wait for a form.
const OwnDays = lazy(() => import('./own-days.tsx'))

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
          <Suspense fallback={<div className={styles.own} />}>
            <OwnDays
              fromDay={dayOf(shown.fromMs, timeZone)}
              lastDay={dayOf(shown.toMs - 1, timeZone)}
              onApply={(choice) => {
                props.onChange(choice)
                close()
              }}
            />
          </Suspense>
        </>
      )}
    </Pop>
  )
}
