import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { use, useEffect, useRef } from 'react'
import { useAsk } from '../api/ask.ts'
import { Problem } from '../api/problem.ts'
import { DeviceContext, SIGNED_IN } from '../device/device-memory.ts'
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
  const memory = use(DeviceContext)
  const ask = useAsk()
  const enter = useEnter()
  const problemText = useProblemText()
  const token = useRef(location.hash.slice(1))
  const { mutate, error } = useMutation({
    // Who is signed in joins as themselves; nobody else's link is spent by trying.
    mutationFn: async (text: string) => {
      const body = { token: text }
      const signIn = () => ask('signInByLink', { body })
      const join = () => ask('join', { body })
      return await (memory.get(SIGNED_IN) === null
        ? signIn().catch(after(['sign-in-first'], join))
        : join().catch(after(['not-signed-in', 'link-spent'], signIn)))
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

/** Another way where one is refused for such a reason; whatever else fails has failed. */
function after<T>(codes: readonly string[], another: () => Promise<T>) {
  return (error: unknown): Promise<T> => {
    if (error instanceof Problem && codes.includes(error.code)) return another()
    throw error
  }
}
