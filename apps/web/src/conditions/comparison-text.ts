import type { ComparisonOf } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'

/** A comparison as one reads it after the name of what is compared: "is ios". */
export function useComparisonText(): (comparison: ComparisonOf<'property'>) => string {
  const { t } = useTranslation()
  const numbers = useNumbers()
  return (comparison) => {
    const operator = t(`operator.${comparison.op}`)
    if ('values' in comparison) return `${operator} ${numbers.list(comparison.values)}`
    if ('least' in comparison) return `${operator} ${comparison.least} – ${comparison.most}`
    return 'value' in comparison ? `${operator} ${comparison.value}` : operator
  }
}
