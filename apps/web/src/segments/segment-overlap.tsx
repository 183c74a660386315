import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { CircleDot } from 'lucide-react'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import type { Column } from '../lists/column.ts'
import { List } from '../lists/list.tsx'
import { useNumbers } from '../numbers/numbers-context.ts'
import { askedAs } from '../ui/asked.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import styles from './segment-page.module.css'
import { useSegmentOverlap } from './use-segment-parts.ts'
import type { SavedSegment } from './use-segments.ts'

type Other = AnswerOf<'segmentOverlap'>['with'][number]

const idOf = ({ id }: Other) => id

/** How many customers a segment shares with each other one. */
export function SegmentOverlap(props: {
  readonly workspace: string
  readonly segment: SavedSegment
}) {
  const { workspace, segment } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const overlap = useSegmentOverlap(workspace, segment.id)
  const columns = useMemo(
    (): readonly Column<Other>[] => [
      {
        id: 'name',
        title: t('segments.other'),
        fixed: true,
        text: ({ name }) => name,
        cell: ({ id, name }) => (
          <Link to="/w/$workspace/segments/$segment" params={{ workspace, segment: id }}>
            {name}
          </Link>
        ),
      },
      {
        id: 'customers',
        title: t('segments.size'),
        kind: 'number',
        text: ({ customers }) => numbers.count(customers),
        order: ({ customers }) => customers,
        plain: ({ customers }) => String(customers),
      },
      {
        id: 'both',
        title: t('segments.both'),
        kind: 'number',
        text: ({ both }) => numbers.count(both),
        order: ({ both }) => both,
        plain: ({ both }) => String(both),
      },
      {
        id: 'ofThis',
        title: t('segments.ofThis'),
        kind: 'number',
        text: ({ shareOfThis }) => numbers.percent(shareOfThis),
        order: ({ shareOfThis }) => shareOfThis,
        plain: ({ shareOfThis }) => String(shareOfThis ?? ''),
      },
      {
        id: 'ofOther',
        title: t('segments.ofOther'),
        kind: 'number',
        text: ({ shareOfOther }) => numbers.percent(shareOfOther),
        order: ({ shareOfOther }) => shareOfOther,
        plain: ({ shareOfOther }) => String(shareOfOther ?? ''),
      },
      {
        id: 'jaccard',
        title: t('segments.jaccard'),
        kind: 'number',
        text: ({ jaccard }) => numbers.percent(jaccard),
        order: ({ jaccard }) => jaccard,
        plain: ({ jaccard }) => String(jaccard ?? ''),
      },
    ],
    [t, numbers, workspace],
  )
  return (
    <div className={styles.page}>
      <p className={styles.soft}>{t('segments.overlapLead')}</p>
      <List
        name="segment-overlap"
        label={t('segments.views.overlap')}
        asked={askedAs(overlap, (answer) => answer.with)}
        rowId={idOf}
        columns={columns}
        empty={
          <EmptyState
            level={2}
            icon={<CircleDot size={24} />}
            title={t('segments.noOther')}
            text={t('segments.noOtherText')}
          />
        }
      />
    </div>
  )
}
