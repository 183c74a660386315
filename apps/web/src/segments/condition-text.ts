import { useTranslation } from '../languages/translation.ts'
import type { SimpleCondition } from './segment-search.ts'

/** A condition as one reads it: "device is ios". */
export function useConditionText(): (condition: SimpleCondition) => string {
  const { t } = useTranslation()
  return (condition) => {
    const name = 'trait' in condition ? condition.trait : condition.property
    const op = t(`operator.${condition.op}`)
    return condition.op === 'set' || condition.op === 'unset'
      ? `${name} ${op}`
      : `${name} ${op} ${condition.value}`
  }
}
