import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { asked } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import { useNow } from '../ui/use-now.ts'
import { Shown } from '../ui/shown.tsx'
import list from './list.module.css'
import { Section } from './section.tsx'
import { deviceText } from './device-text.ts'

/** Where the person is signed in; each place can be signed out. */
export function SessionsSection() {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const nowMs = useNow()
  const ask = useAsk()
  const client = useQueryClient()
  const sessions = asked(
    useQuery({
      queryKey: ['sessions'],
      queryFn: ({ signal }) => ask('sessions', { signal }),
    }),
  )
  const end = useMutation({
    mutationFn: (sessionId: string | null) =>
      sessionId === null ? ask('endOtherSessions') : ask('endSession', { params: { sessionId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  })
  return (
    <Section title={t('settings.sessions')} text={t('settings.sessionsText')} error={end.error}>
      <Shown asked={sessions}>
        {(all) => (
          <>
            <ul className={list.list}>
              {all.map((session) => (
                <li key={session.id}>
                  <div className={list.name}>
                    <p title={session.userAgent}>{deviceText(session.userAgent)}</p>
                    <p className={list.soft}>
                      {session.current
                        ? t('settings.thisSession')
                        : t('settings.seen', { when: numbers.ago(session.seenMs, nowMs) })}
                    </p>
                  </div>
                  {!session.current && (
                    <Button kind="quiet" onPress={() => end.mutate(session.id)}>
                      {t('settings.end')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {all.length > 1 && (
              <div>
                <Button onPress={() => end.mutate(null)}>{t('settings.endOthers')}</Button>
              </div>
            )}
          </>
        )}
      </Shown>
    </Section>
  )
}
