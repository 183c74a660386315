import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, useCallback, useRef } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { Question } from './question.tsx'

/**
 * Asks before somebody leaves what they changed and did not save: to another page, by the browser's back, by closing it.
 *
 * `mark` says whether there is something unsaved; call it with false once it is saved, before going on.
 */
export function useUnsaved(): {
  readonly mark: (unsaved: boolean) => void
  readonly question: ReactNode
} {
  const { t } = useTranslation()
  const unsaved = useRef(false)
  const mark = useCallback((now: boolean) => {
    unsaved.current = now
  }, [])
  const leaving = useBlocker({
    shouldBlockFn: () => unsaved.current,
    enableBeforeUnload: () => unsaved.current,
    withResolver: true,
  })
  return {
    mark,
    question:
      leaving.status === 'blocked' ? (
        <Question
          title={t('unsaved.title')}
          text={t('unsaved.text')}
          yes={t('unsaved.leave')}
          no={t('unsaved.stay')}
          onYes={() => {
            unsaved.current = false
            leaving.proceed()
          }}
          onNo={() => leaving.reset()}
        />
      ) : null,
  }
}
