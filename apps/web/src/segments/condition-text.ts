import { useComparisonText } from '../conditions/comparison-text.ts'
import type { SimpleCondition } from './segment-search.ts'

/** A condition as one reads it: "device is ios". */
export function useConditionText(): (condition: SimpleCondition) => string {
  const comparisonText = useComparisonText()
  return (condition) => {
    const name = condition.kind === 'trait' ? condition.trait : condition.property
    return `${name} ${comparisonText(condition)}`
  }
}
