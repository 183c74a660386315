import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { use, useState } from 'react'
import { useAsk } from '../api/ask.ts'
import type { Me } from '../api/use-me.ts'
import { DeviceContext, SIGNED_IN } from '../device/device-memory.ts'
import { useTranslation } from '../languages/translation.ts'
import { askForHome } from '../shell/first-questions.ts'
import { Button } from '../ui/button.tsx'
import { useProblemText } from '../ui/problem-text.ts'
import { TextInput } from '../ui/text-input.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import styles from './sign-in.module.css'

/** Takes over who is signed in and goes to their map. */
export function useEnter(): (me: Me) => void {
  const ask = useAsk()
  const client = useQueryClient()
  const navigate = useNavigate()
  const memory = use(DeviceContext)
  return (me) => {
    memory.set(SIGNED_IN, 'yes')
    client.clear()
    client.setQueryData(['me'], me)
    void askForHome({ client, ask, memory }, null, {})
    void navigate({ to: '/', replace: true })
  }
}

/** Email and password. */
export function SignInPage() {
  const { t } = useTranslation()
  const ask = useAsk()
  const problemText = useProblemText()
  const enter = useEnter()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => ask('signIn', { body: { email, password } }),
    onSuccess: enter,
  })
  return (
    <SignInFrame title={t('signIn.title')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          signIn.mutate()
        }}
      >
        <TextInput
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={setEmail}
        />
        <TextInput
          label={t('signIn.password')}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={setPassword}
        />
        {signIn.error !== null && (
          <p role="alert" className={styles.wrong}>
            {problemText(signIn.error)}
          </p>
        )}
        <Button kind="main" type="submit" disabled={signIn.isPending}>
          {t('signIn.enter')}
        </Button>
      </form>
      <p className={styles.hint}>{t('signIn.hint')}</p>
    </SignInFrame>
  )
}
