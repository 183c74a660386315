import { useState } from 'react'
import type { MyWorkspace } from '../api/use-me.ts'
import { useTranslation } from '../languages/translation.ts'
import { Segmented } from '../ui/segmented.tsx'
import { useNow } from '../ui/use-now.ts'
import { SegmentChanges } from './segment-changes.tsx'
import { SegmentFacts } from './segment-facts.tsx'
import styles from './segment-page.module.css'
import { SegmentTrend } from './segment-trend.tsx'
import type { SavedSegment } from './use-segments.ts'

const SPANS = { '30': 30, '90': 90, '365': 365 } as const
type Span = keyof typeof SPANS
const SPAN_IDS = ['30', '90', '365'] as const satisfies readonly Span[]

const DAY_MS = 86_400_000
/** The questions keep their answers for a minute: "now" moves by whole ones. */
const STEADY_MS = 60_000

/** How large it is and was, who came and went, and what hangs on it. */
export function SegmentOverview(props: {
  readonly workspace: MyWorkspace
  readonly segment: SavedSegment
}) {
  const { workspace, segment } = props
  const { t } = useTranslation()
  const nowMs = useNow()
  const [span, setSpan] = useState<Span>('90')
  const toMs = Math.floor(nowMs / STEADY_MS) * STEADY_MS
  const fromMs = toMs - SPANS[span] * DAY_MS
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <Segmented
          label={t('segments.period')}
          options={SPAN_IDS.map((id) => ({ id, text: t('segments.days', { count: SPANS[id] }) }))}
          value={span}
          onChange={setSpan}
        />
        <SegmentTrend workspace={workspace.slug} segment={segment} fromMs={fromMs} toMs={toMs} />
        <SegmentChanges workspace={workspace.slug} segment={segment} fromMs={fromMs} toMs={toMs} />
      </div>
      <SegmentFacts workspace={workspace} segment={segment} />
    </div>
  )
}
