import type { NumberTest } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { Choice } from '../ui/choice.tsx'
import { NumberField } from '../ui/number-field.tsx'
import styles from './part-form.module.css'

const OPS = ['gte', 'lte', 'eq', 'between'] as const

/** A number is at least, at most, exactly, or between. */
export function TestForm(props: {
  readonly test: NumberTest
  /** Counts: whole, from 0 on. */
  readonly count: boolean
  readonly onChange: (test: NumberTest) => void
}) {
  const { test, count, onChange } = props
  const { t } = useTranslation()
  const limits = count ? { least: 0, most: 1_000_000, whole: true } : {}
  return (
    <div className={styles.row}>
      <Choice
        label={t('pick.howMuch')}
        shown="field"
        value={test.op}
        options={OPS.map((id) => ({ id, text: t(`pick.op.${id}`) }))}
        onChange={(op) => onChange(testBy(op, test))}
      />
      {test.op === 'between' ? (
        <>
          <NumberField
            label={t('pick.from')}
            value={test.least}
            {...limits}
            onChange={(least) => onChange({ ...test, least })}
          />
          <NumberField
            label={t('pick.to')}
            value={test.most}
            {...limits}
            onChange={(most) => onChange({ ...test, most })}
          />
        </>
      ) : (
        <NumberField
          label={t('pick.number')}
          value={test.value}
          {...limits}
          onChange={(value) => onChange({ ...test, value })}
        />
      )}
    </div>
  )
}

/** The test after another comparison is chosen: the number stays. */
export function testBy(op: (typeof OPS)[number], former: NumberTest): NumberTest {
  const [least, most] =
    former.op === 'between' ? [former.least, former.most] : [former.value, former.value]
  return op === 'between' ? { op, least, most } : { op, value: least }
}
