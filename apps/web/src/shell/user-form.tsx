import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { use } from 'react'
import { useAsk } from '../api/ask.ts'
import type { Me, MyWorkspace } from '../api/use-me.ts'
import { DeviceContext, SIGNED_IN } from '../device/device-memory.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '../languages/language.ts'
import { useTranslation } from '../languages/translation.ts'
import { useSpokenLanguage, useWords } from '../languages/words.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { THEMES, useTheme } from '../ui/theme.ts'
import styles from './user-menu.module.css'
import type { Overlay } from './workspace-frame.tsx'

/** What a person chooses for themselves wherever they are, and the way out. */
export default function UserForm(props: {
  readonly me: Me
  readonly workspace: MyWorkspace
  readonly onOverlay: (overlay: Overlay) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const memory = use(DeviceContext)
  const navigate = useNavigate()
  const [theme, chooseTheme] = useTheme()
  const words = useWords()
  const language = useSpokenLanguage()
  const signOut = useMutation({
    mutationFn: () => ask('signOut'),
    onSettled: () => {
      memory.set(SIGNED_IN, null)
      client.clear()
      void navigate({ to: '/sign-in' })
    },
  })
  return (
    <>
      <div>
        <p className={styles.name}>{props.me.user?.name || props.me.user?.email}</p>
        <p className={styles.soft}>{t(`role.${props.workspace.role}`)}</p>
      </div>
      <Choice
        label={t('shell.language')}
        shown="field"
        value={language}
        options={LANGUAGES.map((id) => ({ id, text: LANGUAGE_NAMES[id] }))}
        onChange={(id) => void words.choose(id)}
      />
      <div>
        <p className={styles.label}>{t('shell.theme')}</p>
        <Segmented
          label={t('shell.theme')}
          value={theme}
          options={THEMES.map((id) => ({ id, text: t(`theme.${id}`) }))}
          onChange={chooseTheme}
        />
      </div>
      <div className={styles.actions}>
        <Button
          kind="quiet"
          onPress={() => {
            props.onClose()
            props.onOverlay('shortcuts')
          }}
        >
          {t('shell.shortcuts')}
        </Button>
        <Button kind="quiet" onPress={() => signOut.mutate()}>
          {t('shell.signOut')}
        </Button>
      </div>
    </>
  )
}
