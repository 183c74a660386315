import { useTranslation } from '../languages/translation.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { DeleteWorkspaceSection } from './delete-workspace-section.tsx'
import { NewWorkspaceSection } from './new-workspace-section.tsx'
import { KeysSection } from './keys-section.tsx'
import { MembersSection } from './members-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { SettingsFrame } from './settings-frame.tsx'
import { TokensSection } from './tokens-section.tsx'
import { WorkspaceSection } from './workspace-section.tsx'
import { YouSection } from './you-section.tsx'

export function WorkspaceSettings() {
  const workspace = useWorkspace()
  return (
    <SettingsFrame place="workspace">
      <WorkspaceSection key={workspace.slug} workspace={workspace} />
      {workspace.role === 'owner' && (
        <>
          <NewWorkspaceSection />
          <DeleteWorkspaceSection key={`delete ${workspace.slug}`} workspace={workspace} />
        </>
      )}
    </SettingsFrame>
  )
}

export function MemberSettings() {
  const { t } = useTranslation()
  return (
    <SettingsFrame place="members" lead={t('settings.membersText')}>
      <MembersSection workspace={useWorkspace()} />
    </SettingsFrame>
  )
}

/** What may send events, and what may ask. */
export function KeySettings() {
  const workspace = useWorkspace()
  return (
    <SettingsFrame place="keys">
      <KeysSection workspace={workspace} />
      {workspace.role === 'owner' && <TokensSection workspace={workspace} />}
    </SettingsFrame>
  )
}

export function YourSettings() {
  return (
    <SettingsFrame place="you">
      <YouSection />
      <SessionsSection />
    </SettingsFrame>
  )
}
