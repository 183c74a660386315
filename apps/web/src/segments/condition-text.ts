import type { SegmentLeaf } from '@parcurs/domain'
import { useComparisonText } from '../conditions/comparison-text.ts'

/** A condition as one reads it: "device is ios". */
export function useConditionText(): (condition: SegmentLeaf) => string {
  const comparisonText = useComparisonText()
  return (condition) => {
    const name = condition.kind === 'trait' ? condition.trait : condition.property
    return `${name} ${comparisonText(condition)}`
  }
}
