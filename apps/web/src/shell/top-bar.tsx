import { Link, useNavigate } from '@tanstack/react-router'
import { Command, FlaskConical } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import type { Me, MyWorkspace } from '../api/use-me.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import styles from './top-bar.module.css'
import { UserMenu } from './user-menu.tsx'
import type { Overlay } from './workspace-frame.tsx'

/** The workspace, the way to everything, and what concerns the person. */
export function TopBar(props: {
  readonly me: Me
  readonly workspace: MyWorkspace
  readonly onOverlay: (overlay: Overlay) => void
}) {
  const { me, workspace } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <header className={styles.bar}>
      <Link
        to="/w/$workspace"
        params={{ workspace: workspace.slug }}
        className={styles.mark}
        aria-label={t('shell.home')}
      >
        <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
          <path d="M3 21c6 0 6-11 12-11s6 9 14 9" />
          <circle cx="15" cy="10" r="4" />
        </svg>
      </Link>
      {me.workspaces.length > 1 ? (
        <Choice
          label={t('shell.workspace')}
          shown="bare"
          options={me.workspaces.map(({ slug, name }) => ({ id: slug, text: name }))}
          value={workspace.slug}
          onChange={(slug) => void navigate({ to: '/w/$workspace', params: { workspace: slug } })}
        />
      ) : (
        <span className={styles.workspace}>{workspace.name}</span>
      )}
      {workspace.simulated && (
        <span className={styles.simulated} title={t('shell.simulatedLong')}>
          <FlaskConical size={14} aria-hidden="true" />
          {t('shell.simulated')}
        </span>
      )}
      <div className={styles.end}>
        <Button
          kind="quiet"
          label={t('shell.commands')}
          onPress={() => props.onOverlay('commands')}
        >
          <Command size={16} aria-hidden="true" />
          <kbd className={styles.key}>K</kbd>
        </Button>
        <UserMenu me={me} workspace={workspace} onOverlay={props.onOverlay} />
      </div>
    </header>
  )
}
