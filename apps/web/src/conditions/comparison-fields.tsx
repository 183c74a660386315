import { comparedBy, type ComparisonOf, operatorsOf } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { Choice } from '../ui/choice.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { TokensInput } from '../ui/tokens-input.tsx'

/** How something is compared, and with what. */
export function ComparisonFields(props: {
  readonly comparison: ComparisonOf<'property'>
  /** What is compared was seen with. */
  readonly values: readonly string[]
  readonly wrong: string | null
  readonly onChange: (comparison: ComparisonOf<'property'>) => void
}) {
  const { comparison, values, wrong, onChange } = props
  const { t } = useTranslation()
  return (
    <>
      <Choice
        label={t('rule.comparison')}
        shown="field"
        value={comparison.op}
        options={operatorsOf('property').map((id) => ({ id, text: t(`operator.${id}`) }))}
        onChange={(op) => onChange(comparedBy(op, comparison))}
      />
      {'value' in comparison && (
        <TextInput
          label={t('segment.value')}
          value={comparison.value}
          list={values}
          wrong={wrong}
          onChange={(value) => onChange({ ...comparison, value })}
        />
      )}
      {'values' in comparison && (
        <TokensInput
          label={t('rule.values')}
          values={comparison.values}
          suggestions={values}
          wrong={wrong}
          onChange={(chosen) => onChange({ ...comparison, values: chosen })}
        />
      )}
      {'least' in comparison && (
        <>
          <TextInput
            label={t('rule.least')}
            value={comparison.least}
            wrong={wrong}
            onChange={(least) => onChange({ ...comparison, least })}
          />
          <TextInput
            label={t('rule.most')}
            value={comparison.most}
            onChange={(most) => onChange({ ...comparison, most })}
          />
        </>
      )}
    </>
  )
}
