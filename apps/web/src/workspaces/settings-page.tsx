import { useTranslation } from '../languages/translation.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { Page } from '../ui/page.tsx'
import { KeysSection } from './keys-section.tsx'
import { MembersSection } from './members-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { TokensSection } from './tokens-section.tsx'
import { WorkspaceSection } from './workspace-section.tsx'
import { YouSection } from './you-section.tsx'

/** Everything that is set: the person's own first, then the workspace's. */
export function SettingsPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  return (
    <Page title={t('place.settings')}>
      <YouSection />
      <SessionsSection />
      <WorkspaceSection workspace={workspace} />
      <MembersSection workspace={workspace} />
      <KeysSection workspace={workspace} />
      {workspace.role === 'owner' && <TokensSection workspace={workspace} />}
    </Page>
  )
}
