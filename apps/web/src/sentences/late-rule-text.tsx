import type { SegmentRule } from '@parcurs/domain'
import { lazy, Suspense } from 'react'

const RuleText = lazy(() => import('./rule-text.tsx'))

/** A rule as a sentence, on pages that are there before the grammar is. */
export function LateRuleText(props: { readonly workspace: string; readonly rule: SegmentRule }) {
  return (
    <Suspense fallback="…">
      <RuleText {...props} />
    </Suspense>
  )
}
