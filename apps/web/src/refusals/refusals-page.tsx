import { useQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useAsk } from '../api/ask.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'
import table from '../ui/table.module.css'
import { Failed, Waiting } from '../ui/waiting.tsx'

/** Calls that were refused, with the reason: what to mend at the sender. */
export function RefusalsPage() {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const ask = useAsk()
  const { slug } = useWorkspace()
  const refusals = useQuery({
    queryKey: ['refusals', slug],
    queryFn: ({ signal }) =>
      ask('refusals', { params: { workspace: slug }, query: { limit: 200 }, signal }),
  })
  if (refusals.error !== null) {
    return <Failed error={refusals.error} onRetry={() => void refusals.refetch()} />
  }
  if (refusals.data === undefined) return <Waiting />
  return (
    <Page title={t('refusals.title')} lead={t('refusals.lead')}>
      {refusals.data.refusals.length === 0 ? (
        <EmptyState
          level={2}
          icon={<CircleCheck size={24} />}
          title={t('refusals.none')}
          text={t('refusals.noneText')}
        />
      ) : (
        <div className={table.frame} tabIndex={0} role="region" aria-label={t('refusals.title')}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('refusals.when')}</th>
                <th scope="col">{t('refusals.reason')}</th>
                <th scope="col">{t('refusals.call')}</th>
              </tr>
            </thead>
            <tbody>
              {refusals.data.refusals.map((refusal, i) => (
                <tr key={i}>
                  <td className={table.number}>{numbers.instant(refusal.receivedMs)}</td>
                  <td className={table.mono}>
                    <span className={table.strong}>{refusal.code}</span>
                    <br />
                    {refusal.detail}
                  </td>
                  <td className={table.mono}>
                    <details>
                      <summary>{t('journey.details')}</summary>
                      <code>{refusal.body}</code>
                    </details>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  )
}
