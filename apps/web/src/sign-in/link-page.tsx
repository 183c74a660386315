import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useAsk } from '../api/ask.ts'
import { useTranslation } from '../languages/translation.ts'
import button from '../ui/link-button.module.css'
import { useProblemText } from '../ui/problem-text.ts'
import { SignInFrame } from './sign-in-frame.tsx'
import { useEnter } from './sign-in-page.tsx'
import styles from './sign-in.module.css'

/**
 * A one-time link: its token stands behind the `#`, which browsers keep to themselves, so it is in no log.
 * It is taken out of the address at once.
 */
export function LinkPage() {
  const { t } = useTranslation()
  const ask = useAsk()
  const enter = useEnter()
  const problemText = useProblemText()
  const token = useRef(location.hash.slice(1))
  const { mutate, error } = useMutation({
    // Who is signed in joins as themselves; nobody else's link is spent by trying.
    mutationFn: async (text: string) => {
      const body = { token: text }
      try {
        return await ask('join', { body })
      } catch {
        return await ask('signInByLink', { body })
      }
    },
    onSuccess: enter,
  })
  useEffect(() => {
    const text = token.current
    token.current = ''
    // Taken once: a second run of the effect would find the link spent.
    if (text === '') return
    history.replaceState(history.state, '', location.pathname)
    mutate(text)
  }, [mutate])
  return (
    <SignInFrame title={error === null ? t('signIn.entering') : t('signIn.linkFailed')}>
      {error !== null && (
        <>
          <p role="alert" className={styles.wrong}>
            {problemText(error)}
          </p>
          <p className={styles.hint}>
            <Link className={button.plain} to="/sign-in">
              {t('signIn.withPassword')}
            </Link>
          </p>
        </>
      )}
    </SignInFrame>
  )
}
