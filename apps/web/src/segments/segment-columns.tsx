import { plainSentence, type SentenceWriter } from '@parcurs/domain'
import { Link } from '@tanstack/react-router'
import { useQueries } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { useMemo } from 'react'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { type Column, plainInstant } from '../lists/column.ts'
import { NONE } from '../numbers/number-formats.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { useNow } from '../ui/use-now.ts'
import styles from './segments-page.module.css'
import { usedBy } from './used-by.ts'
import type { SavedSegment } from './use-segments.ts'

const DAYS_MS = 30 * 86_400_000
/** More are not asked for at once. */
const MOST_ASKED = 50

/** What the list shows of each segment. */
export function useSegmentColumns(
  workspace: string,
  segments: readonly SavedSegment[],
  writer: SentenceWriter,
): readonly Column<SavedSegment>[] {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const nowMs = useNow()
  const counted = useCounted(workspace, segments, nowMs)
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

interface Counted {
  readonly customers: number
  /** In 30 days. */
  readonly grewBy: number
}

/** As counted for this list, else as last counted on the server; null: neither yet. */
function sizeOf({ id, size }: SavedSegment, counted: ReadonlyMap<string, Counted>): number | null {
  return counted.get(id)?.customers ?? size?.customers ?? null
}

/** How many are in each segment now, and by how many it grew. What is not counted yet is not there. */
function useCounted(
  workspace: string,
  segments: readonly SavedSegment[],
  nowMs: number,
): ReadonlyMap<string, Counted> {
  const ask = useAsk()
  const toMs = Math.floor(nowMs / 60_000) * 60_000
  return useQueries({
    queries: segments.slice(0, MOST_ASKED).map(({ id, ruleVersion }) => ({
      queryKey: ['segment-part', workspace, id, 'change', ruleVersion, toMs],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => ({
        id,
        trend: await ask('segmentTrend', {
          params: { workspace, segmentId: id },
          query: { fromMs: toMs - DAYS_MS, toMs, points: 2 },
          signal,
        }),
      }),
      staleTime: 300_000,
    })),
    combine: grown,
  })
}

function grown(
  answers: readonly {
    readonly data: { readonly id: string; readonly trend: AnswerOf<'segmentTrend'> } | undefined
  }[],
): ReadonlyMap<string, Counted> {
  return new Map(
    answers.flatMap(({ data }) => {
      const [first, last] = [data?.trend.points[0], data?.trend.points.at(-1)]
      return data === undefined || first === undefined || last === undefined
        ? []
        : [
            [
              data.id,
              { customers: last.customers, grewBy: last.customers - first.customers },
            ] as const,
          ]
    }),
  )
}
