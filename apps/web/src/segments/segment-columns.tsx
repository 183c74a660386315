import { plainSentence, type SentenceWriter } from '@parcurs/domain'
import { Link } from '@tanstack/react-router'
import { Eye } from 'lucide-react'
import { useMemo } from 'react'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { type Column, plainInstant } from '../lists/column.ts'
import { NONE } from '../numbers/number-formats.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { answerIn } from '../ui/asked.ts'
import { useNow } from '../ui/use-now.ts'
import { useSegmentGrowth } from './use-segment-parts.ts'
import styles from './segments-page.module.css'
import { usedBy } from './used-by.ts'
import type { SavedSegment } from './use-segments.ts'

/** What the list shows of each segment. */
export function useSegmentColumns(
  workspace: string,
  segments: readonly SavedSegment[],
  writer: SentenceWriter,
): readonly Column<SavedSegment>[] {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const nowMs = useNow()
  const growth = answerIn(useSegmentGrowth(workspace, segments.length > 0))
  const counted = useMemo(
    () => new Map((growth?.segments ?? []).map((one) => [one.id, one])),
    [growth],
  )
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('segments.name'),
        fixed: true,
        text: ({ name }) => name,
        cell: ({ id, name }) => (
          <Link
            className={styles.name}
            to="/w/$workspace/segments/$segment"
            params={{ workspace, segment: id }}
          >
            {name}
          </Link>
        ),
      },
      {
        id: 'sentence',
        title: t('segments.sentence'),
        text: (segment) =>
          segment.fixed ? t('segments.fixed') : plainSentence(writer.rule(segment.rule)),
        cell: (segment) => (
          <span className={styles.sentence}>
            {segment.fixed ? t('segments.fixed') : plainSentence(writer.rule(segment.rule))}
          </span>
        ),
      },
      {
        id: 'size',
        title: t('segments.size'),
        kind: 'number',
        text: (segment) => numbers.count(sizeOf(segment, counted)),
        order: (segment) => sizeOf(segment, counted),
        plain: (segment) => String(sizeOf(segment, counted) ?? ''),
      },
      {
        id: 'share',
        title: t('segments.share'),
        kind: 'number',
        hidden: true,
        text: ({ size }) => numbers.percent(size?.share ?? null),
        order: ({ size }) => size?.share ?? null,
      },
      {
        id: 'change',
        title: t('segments.change30d'),
        kind: 'number',
        text: ({ id }) => {
          const now = counted.get(id)
          return now === undefined ? NONE : numbers.signed(now.grewBy)
        },
        order: ({ id }) => counted.get(id)?.grewBy ?? null,
        plain: ({ id }) => String(counted.get(id)?.grewBy ?? ''),
      },
      {
        id: 'used',
        title: t('segments.usedBy'),
        text: (segment) => numbers.list(usedBy(segment, segments)),
      },
      {
        id: 'watched',
        title: t('segments.watched'),
        filter: true,
        text: ({ watch }) => t(`segments.watch.${watch.state}`),
        cell: ({ watch }) =>
          watch.state === 'off' ? (
            <span className={styles.soft}>{t('segments.watch.off')}</span>
          ) : (
            <span className={styles.watched}>
              <Eye size={14} aria-hidden="true" />
              {t(`segments.watch.${watch.state}`)}
            </span>
          ),
      },
      {
        id: 'updated',
        title: t('segments.updated'),
        kind: 'moment',
        text: ({ updatedMs }) => numbers.ago(updatedMs, nowMs),
        order: ({ updatedMs }) => updatedMs,
        plain: ({ updatedMs }) => plainInstant(updatedMs),
      },
    ],
    [t, numbers, workspace, segments, writer, counted, nowMs],
  )
}

type Growth = AnswerOf<'segmentGrowth'>['segments'][number]

/** As counted for this list, else as last counted on the server; null: neither yet. */
function sizeOf({ id, size }: SavedSegment, counted: ReadonlyMap<string, Growth>): number | null {
  return counted.get(id)?.customers ?? size?.customers ?? null
}
