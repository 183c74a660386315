import { CircleUser } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Button } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import type { Me, MyWorkspace } from '../api/use-me.ts'
import { useTranslation } from '../languages/translation.ts'
import choice from '../ui/choice.module.css'
import styles from './user-menu.module.css'
import type { Overlay } from './workspace-frame.tsx'

// It comes when somebody opens it: no page waits for it.
const UserForm = lazy(() => import('./user-form.tsx'))

/** Who is signed in, language, theme and the way out. */
export function UserMenu(props: {
  readonly me: Me
  readonly workspace: MyWorkspace
  readonly onOverlay: (overlay: Overlay) => void
}) {
  const { t } = useTranslation()
  return (
    <DialogTrigger>
      <Button className={choice.trigger ?? ''} aria-label={t('shell.you')}>
        <CircleUser size={20} aria-hidden="true" />
      </Button>
      <Popover className={choice.popover ?? ''} offset={4} placement="bottom end">
        <Dialog className={styles.menu ?? ''} aria-label={t('shell.you')}>
          {({ close }) => (
            <Suspense fallback={null}>
              <UserForm {...props} onClose={close} />
            </Suspense>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
