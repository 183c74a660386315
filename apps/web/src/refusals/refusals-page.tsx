import { CALL_REFUSALS } from '@parcurs/domain'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useMemo } from 'react'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { type Column, plainInstant } from '../lists/column.ts'
import { List } from '../lists/list.tsx'
import { useNumbers } from '../numbers/numbers-context.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { type Asked, asked, askedAs } from '../ui/asked.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'
import styles from './refusals-page.module.css'

/** The latest of them; older ones are kept by the server. */
const LISTED = 1_000

type Listed = AnswerOf<'refusals'>['refusals'][number] & { readonly id: string }

function useRefusals(workspace: string): Asked<readonly Listed[]> {
  const ask = useAsk()
  const refusals = asked(
    useQuery({
      queryKey: ['refusals', workspace],
      queryFn: ({ signal }) =>
        ask('refusals', { params: { workspace }, query: { limit: LISTED }, signal }),
    }),
  )
  return askedAs(refusals, (answer) =>
    answer.refusals.map((refusal, i) => ({ ...refusal, id: `${refusal.receivedMs} ${i}` })),
  )
}

const idOf = ({ id }: Listed) => id

/** Events that were refused, with the reason: what to mend at the sender. */
export function RefusalsPage() {
  const { t } = useTranslation()
  const { slug, role } = useWorkspace()
  const refusals = useRefusals(slug)
  const columns = useRefusalColumns(role !== 'viewer')
  return (
    <Page title={t('place.refusals')} lead={t('refusals.lead')}>
      <List
        name="rejected-events"
        label={t('place.refusals')}
        asked={refusals}
        rowId={idOf}
        columns={columns}
        empty={
          <EmptyState
            level={2}
            icon={<CircleCheck size={24} />}
            title={t('refusals.none')}
            text={t('refusals.noneText')}
          />
        }
      />
    </Page>
  )
}

/** @param mayRead what was sent: it may tell of people */
function useRefusalColumns(mayRead: boolean): readonly Column<Listed>[] {
  const { t } = useTranslation()
  const numbers = useNumbers()
  return useMemo(
    () => [
      {
        id: 'when',
        title: t('refusals.when'),
        kind: 'moment',
        fixed: true,
        text: ({ receivedMs }) => numbers.instant(receivedMs),
        order: ({ receivedMs }) => receivedMs,
        plain: ({ receivedMs }) => plainInstant(receivedMs),
      },
      {
        id: 'reason',
        title: t('refusals.reason'),
        filter: true,
        text: ({ code }) => {
          const known = CALL_REFUSALS.find((one) => one === code)
          return known === undefined ? code : t(`refusal.${known}`)
        },
        plain: ({ code }) => code,
      },
      {
        id: 'detail',
        title: t('refusals.detail'),
        text: ({ detail }) => detail,
        cell: ({ detail }) => <span className={styles.detail}>{detail}</span>,
      },
      ...(mayRead
        ? [
            {
              id: 'call',
              title: t('refusals.call'),
              text: ({ body }: Listed) => body ?? '',
              cell: ({ body }: Listed) => (
                <details className={styles.call}>
                  <summary>{t('action.details')}</summary>
                  <code>{body}</code>
                </details>
              ),
            },
          ]
        : []),
    ],
    [t, numbers, mayRead],
  )
}
