import { Navigate } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useMe } from '../api/use-me.ts'
import { useDocumentTitle } from '../ui/document-title.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failed, Waiting } from '../ui/waiting.tsx'

/** Leads to the first workspace, or to the sign-in. */
export function Start() {
  const { t } = useTranslation()
  const me = useMe()
  useDocumentTitle('')
  if (me.error !== null) return <Failed error={me.error} onRetry={() => void me.refetch()} />
  if (me.data === undefined) return <Waiting />
  if (me.data === null) return <Navigate to="/sign-in" replace />
  const first = me.data.workspaces[0]
  if (first === undefined) {
    return (
      <main>
        <EmptyState
          icon={<Waypoints size={24} />}
          title={t('noWorkspace.title')}
          text={t('noWorkspace.text')}
        />
      </main>
    )
  }
  return <Navigate to="/w/$workspace" params={{ workspace: first.slug }} replace />
}
