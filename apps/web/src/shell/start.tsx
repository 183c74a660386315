import { Navigate } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useMe } from '../api/use-me.ts'
import { answerIn } from '../ui/asked.ts'
import { useDocumentTitle } from '../ui/document-title.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failed, Waiting } from '../ui/waiting.tsx'

/** Leads to the first workspace, or to the sign-in. */
export function Start() {
  const { t } = useTranslation()
  const me = useMe()
  useDocumentTitle('')
  const found = answerIn(me)
  if (found === null) {
    if (me.state === 'refused' || me.state === 'offline') {
      return <Failed error={me.error} onRetry={me.retry} />
    }
    return me.state === 'waiting' ? <Waiting /> : <Navigate to="/sign-in" replace />
  }
  const first = found.workspaces[0]
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
