import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router'
import { EVERYBODY } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { useUnsaved } from '../ui/use-unsaved.tsx'
import { Page } from '../ui/page.tsx'
import { SegmentForm } from './segment-form.tsx'

const route = getRouteApi('/w/$workspace/segments/new')

/** A segment before it is saved: empty, or with the sentence that the address brings. */
export function NewSegmentPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const search = route.useSearch()
  const navigate = useNavigate()
  const params = { workspace: workspace.slug }
  const { mark, question } = useUnsaved()
  // Whoever only looks is shown the segments that there are.
  if (workspace.role === 'viewer') {
    return <Navigate to="/w/$workspace/segments" params={params} replace />
  }
  return (
    <Page title={t('segments.new')} lead={t('segments.newLead')}>
      {search.unread === true && <p role="alert">{t('segments.ruleUnread')}</p>}
      {question}
      <SegmentForm
        onChanged={mark}
        workspace={workspace.slug}
        draft={{
          id: null,
          version: 0,
          name: search.name ?? '',
          description: '',
          rule: search.rule ?? EVERYBODY,
        }}
        onSaved={({ id }) => {
          mark(false)
          void navigate({
            to: '/w/$workspace/segments/$segment',
            params: { ...params, segment: id },
          })
        }}
        onCancel={() => void navigate({ to: '/w/$workspace/segments', params })}
      />
    </Page>
  )
}
