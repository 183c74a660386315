import { rulePath, segmentFaults, type SegmentRule } from '@parcurs/domain'
import { Problem } from '../api/problem.ts'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { faultText } from '../ui/fault-text.ts'
import type { Remark } from '../sentences/sentence-editor.tsx'

/** Faults that say only that something is still to be chosen: the gap in the sentence says it while it is written. */
const GAPS: readonly string[] = [
  'no-event-name',
  'no-channel',
  'no-path',
  'no-property',
  'no-trait',
  'no-value',
  'no-step',
]

/** What is to be said of a rule, each at its place: what is wrong with it, and what nothing is like yet. */
export function useRemarks(
  rule: SegmentRule,
  found: {
    readonly unseen: AnswerOf<'previewSegment'>['unknown']
    /** What the server refused the rule with. */
    readonly error: Error | null
    /** Somebody tried to save: gaps are said too. */
    readonly gaps: boolean
  },
): readonly Remark[] {
  const { t } = useTranslation()
  const own = segmentFaults(rule).filter(({ code }) => found.gaps || !GAPS.includes(code ?? ''))
  const refused = found.error instanceof Problem && own.length === 0 ? found.error.faults : []
  return [
    ...[...own, ...refused].map(
      (fault): Remark => ({
        path: rulePath(fault.place.replace(/^body\./, '')),
        kind: 'fault',
        text: faultText(t, fault),
      }),
    ),
    ...found.unseen.map(({ place, kind, name, nearest }): Remark => {
      const unseen = t('segments.unseen', { what: t(`segments.unseenKind.${kind}`), name })
      const near =
        nearest.length === 0
          ? []
          : [t('segments.near', { names: nearest.map((one) => `“${one}”`).join(', ') })]
      return {
        path: rulePath(place),
        kind: 'unseen',
        text: [unseen, ...near].join('. '),
      }
    }),
  ]
}
