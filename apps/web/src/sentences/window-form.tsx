import { WINDOW_UNITS, type Window } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { Choice } from '../ui/choice.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { useNow } from '../ui/use-now.ts'
import { NumberField } from '../ui/number-field.tsx'
import styles from './part-form.module.css'

/** What happens later is no fact yet: `next` is for dates that are known beforehand, which traits have. */
const KINDS = ['last', 'hours', 'between', 'before', 'after', 'ever', 'question'] as const
type Kind = (typeof KINDS)[number]

/** When something has to have happened. */
export function WindowForm(props: {
  readonly window: Window
  readonly onChange: (window: Window) => void
}) {
  const { window, onChange } = props
  const { t } = useTranslation()
  const { timeZone } = useWorkspace()
  const nowMs = useNow()
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(nowMs)
  const kind: Kind = window.kind === 'next' ? 'last' : window.kind
  return (
    <>
      <div className={styles.row}>
        <Choice
          label={t('pick.when')}
          shown="field"
          value={kind}
          options={KINDS.map((id) => ({ id, text: t(`pick.window.${id}`) }))}
          onChange={(chosen) => onChange(windowOfKind(chosen, window, today))}
        />
        {(window.kind === 'last' || window.kind === 'next') && (
          <>
            <NumberField
              key={window.unit}
              label={t('pick.number')}
              value={window.n}
              least={1}
              most={{ days: 36_525, weeks: 5_219, months: 1_200 }[window.unit]}
              whole
              onChange={(n) => onChange({ ...window, n })}
            />
            <Choice
              label={t('pick.unit')}
              shown="field"
              value={window.unit}
              options={WINDOW_UNITS.map((id) => ({ id, text: t(`pick.units.${id}`) }))}
              onChange={(unit) => onChange({ ...window, unit })}
            />
          </>
        )}
        {window.kind === 'hours' && (
          <NumberField
            label={t('pick.hours')}
            value={window.n}
            least={1}
            most={876_600}
            whole
            onChange={(n) => onChange({ ...window, n })}
          />
        )}
        {window.kind === 'between' && (
          <>
            <TextInput
              label={t('pick.from')}
              type="date"
              value={window.from}
              onChange={(from) => onChange({ ...window, from })}
            />
            <TextInput
              label={t('pick.to')}
              type="date"
              value={window.to}
              onChange={(to) => onChange({ ...window, to })}
            />
          </>
        )}
        {(window.kind === 'before' || window.kind === 'after') && (
          <TextInput
            label={t('pick.date')}
            type="date"
            value={window.date}
            onChange={(date) => onChange({ ...window, date })}
          />
        )}
      </div>
      <p className={styles.hint}>{t(`pick.windowHint.${kind}`)}</p>
    </>
  )
}

/** @param today a local date */
export function windowOfKind(kind: Kind, former: Window, today: string): Window {
  const n = 'n' in former ? former.n : 30
  switch (kind) {
    case 'ever':
    case 'question':
      return { kind }
    case 'hours':
      return { kind, n: former.kind === 'last' ? n * 24 : n }
    case 'last':
      return { kind, n, unit: 'unit' in former ? former.unit : 'days' }
    case 'between':
      return { kind, from: today, to: today }
    case 'before':
    case 'after':
      return { kind, date: today }
  }
}
