import { Navigate, Outlet, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { type Me, type MyWorkspace, useMe } from '../api/use-me.ts'
import { useWords } from '../languages/words.ts'
import { numberFormats } from '../numbers/number-formats.ts'
import { NumbersContext } from '../numbers/numbers-context.ts'
import { answerIn } from '../ui/asked.ts'
import { TitleContext } from '../ui/document-title.ts'
import { Failed, Waiting } from '../ui/waiting.tsx'
import { EarlyKeys, earlyText } from './early-keys.tsx'
import { NotFound } from './not-found.tsx'
import { PhoneTabs } from './phone-tabs.tsx'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { WorkspaceContext } from './workspace-context.ts'
import styles from './workspace-frame.module.css'

const CommandMenu = lazy(() => import('./command-menu.tsx'))
// Seen by those alone who came by a link.
const PasswordNotice = lazy(() => import('./password-notice.tsx'))
const PlacesSheet = lazy(() => import('./places-sheet.tsx'))
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx'))

export type Overlay = 'commands' | 'places' | 'shortcuts' | null

/** Everything of one workspace stands in this frame: bar, rail, page, command menu, sheets. */
export function WorkspaceFrame() {
  const me = useMe()
  const { workspace: slug } = useParams({ from: '/w/$workspace' })
  // Whatever else is asked says what failed at its place: who is here is known already.
  const found = answerIn(me)
  if (found === null) {
    if (me.state === 'refused' || me.state === 'offline') {
      return <Failed error={me.error} onRetry={me.retry} />
    }
    return me.state === 'waiting' ? <Waiting /> : <Navigate to="/sign-in" replace />
  }
  const workspace = found.workspaces.find((mine) => mine.slug === slug)
  if (workspace === undefined) return <NotFound />
  return <Frame me={found} workspace={workspace} />
}

function Frame({ me, workspace }: { readonly me: Me; readonly workspace: MyWorkspace }) {
  const { t, i18n } = useTranslation()
  const words = useWords()
  const [overlay, setOverlay] = useState<Overlay>(null)
  useShortcuts(setOverlay)
  const [early] = useState(earlyText)
  const account = me.user?.language ?? ''
  useEffect(() => {
    void words.speakFor(account)
  }, [words, account])
  const formats = useMemo(
    () => numberFormats(i18n.language, workspace.currency, workspace.timeZone),
    [i18n.language, workspace.currency, workspace.timeZone],
  )
  return (
    <WorkspaceContext value={workspace}>
      <NumbersContext value={formats}>
        <TitleContext value={workspace.name}>
          <div className={styles.frame}>
            <a className={styles.skip} href="#page">
              {t('shell.skip')}
            </a>
            <TopBar me={me} workspace={workspace} onOverlay={setOverlay} />
            <Rail workspace={workspace.slug} />
            <main id="page" tabIndex={-1} className={styles.page}>
              {me.user?.hasPassword === false && (
                <Suspense fallback={null}>
                  <PasswordNotice workspace={workspace.slug} email={me.user.email} />
                </Suspense>
              )}
              <div className={styles.outlet}>
                <Outlet />
              </div>
            </main>
            <PhoneTabs workspace={workspace.slug} onMore={() => setOverlay('places')} />
            <Suspense fallback={<EarlyKeys early={early} />}>
              {overlay === 'commands' && (
                <CommandMenu
                  me={me}
                  workspace={workspace}
                  early={early}
                  onClose={() => {
                    early.forget()
                    setOverlay(null)
                  }}
                />
              )}
            </Suspense>
            <Suspense fallback={null}>
              {overlay === 'places' && (
                <PlacesSheet workspace={workspace.slug} onClose={() => setOverlay(null)} />
              )}
              {overlay === 'shortcuts' && <ShortcutSheet onClose={() => setOverlay(null)} />}
            </Suspense>
          </div>
        </TitleContext>
      </NumbersContext>
    </WorkspaceContext>
  )
}
