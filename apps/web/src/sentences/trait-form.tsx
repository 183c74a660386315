import { comparedBy, type ComparisonOf, operatorsOf } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { Choice } from '../ui/choice.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { TokensInput } from '../ui/tokens-input.tsx'
import { NumberField } from '../ui/number-field.tsx'
import styles from './part-form.module.css'
import { PickList } from './pick-list.tsx'

/** How a trait is compared, and with what: the values it was seen with are offered. */
export function TraitForm(props: {
  readonly comparison: ComparisonOf<'trait'>
  readonly values: readonly string[]
  readonly onChange: (comparison: ComparisonOf<'trait'>) => void
  readonly onDone: () => void
}) {
  const { comparison, values, onChange } = props
  const { t } = useTranslation()
  const picked = comparison.op === 'eq' || comparison.op === 'ne'
  return (
    <>
      <Choice
        label={t('pick.compared')}
        shown="field"
        value={comparison.op}
        options={operatorsOf('trait').map((id) => ({ id, text: t(`pick.compare.${id}`) }))}
        onChange={(op) => onChange(comparedBy(op, comparison))}
      />
      {picked ? (
        <PickList
          key={comparison.op}
          label={t('pick.value')}
          picks={values.map((value) => ({ id: value, text: value }))}
          chosen={[comparison.value]}
          onTyped={(value) => {
            onChange({ ...comparison, value })
            props.onDone()
          }}
          onPick={(value) => {
            onChange({ ...comparison, value })
            props.onDone()
          }}
        />
      ) : (
        <Operand comparison={comparison} values={values} onChange={onChange} />
      )}
    </>
  )
}

function Operand(props: {
  readonly comparison: ComparisonOf<'trait'>
  readonly values: readonly string[]
  readonly onChange: (comparison: ComparisonOf<'trait'>) => void
}) {
  const { comparison, values, onChange } = props
  const { t } = useTranslation()
  switch (comparison.op) {
    case 'one-of':
      return (
        <TokensInput
          label={t('pick.values')}
          values={comparison.values}
          suggestions={values}
          onChange={(chosen) => onChange({ ...comparison, values: chosen })}
        />
      )
    case 'between':
      return (
        <div className={styles.row}>
          <TextInput
            label={t('pick.from')}
            value={comparison.least}
            onChange={(least) => onChange({ ...comparison, least })}
          />
          <TextInput
            label={t('pick.to')}
            value={comparison.most}
            onChange={(most) => onChange({ ...comparison, most })}
          />
        </div>
      )
    case 'in-last':
    case 'in-next':
    case 'anniversary':
      return (
        <NumberField
          label={t('pick.units.days')}
          value={comparison.days}
          least={1}
          most={36_525}
          whole
          onChange={(days) => onChange({ ...comparison, days })}
        />
      )
    case 'set':
    case 'unset':
    case 'true':
      return null
    case 'before':
    case 'after':
      return (
        <TextInput
          label={t('pick.date')}
          type="date"
          value={comparison.value}
          onChange={(value) => onChange({ ...comparison, value })}
        />
      )
    default:
      return (
        <TextInput
          label={t('pick.value')}
          value={comparison.value}
          list={values}
          onChange={(value) => onChange({ ...comparison, value })}
        />
      )
  }
}
