import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { answerIn, asked } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import { Modal } from '../ui/modal.tsx'
import { SaveFailed } from '../ui/save-failed.tsx'
import { Shown } from '../ui/shown.tsx'
import styles from './key-deeds.module.css'

const DEEDS = ['events', 'customers', 'orders', 'answers', 'traits'] as const

/** What a key brought, and the way to take all of it away. */
export function KeyDeeds(props: {
  readonly workspace: MyWorkspace
  readonly writeKey: Pick<AnswerOf<'writeKeys'>[number], 'id' | 'name'>
  readonly onClose: () => void
}) {
  const { workspace, writeKey } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const ask = useAsk()
  const client = useQueryClient()
  const params = { workspace: workspace.slug, writeKeyId: writeKey.id }
  const queryKey = ['write-key-deeds', workspace.slug, writeKey.id]
  const deeds = asked(
    useQuery({
      queryKey,
      queryFn: ({ signal }) => ask('keyEvents', { params, query: {}, signal }),
    }),
  )
  const undo = useMutation({
    mutationFn: () => ask('removeKeyEvents', { params, query: {} }),
    // Every number may be another now.
    onSuccess: () => client.invalidateQueries(),
  })
  const [sure, setSure] = useState(false)
  const label = t('keyDid.title', { name: writeKey.name })
  return (
    <Modal label={label} onClose={props.onClose}>
      <div className={styles.deeds}>
        <h2 className={styles.title}>{label}</h2>
        <Shown asked={deeds}>
          {(counted) => (
            <dl className={styles.counts}>
              {DEEDS.map((deed) => (
                <div key={deed}>
                  <dt>{t(`keyDid.${deed}`)}</dt>
                  <dd>{numbers.count(counted[deed])}</dd>
                </div>
              ))}
            </dl>
          )}
        </Shown>
        <SaveFailed saving={undo} />
        {undo.isSuccess && <p role="status">{t('keyDid.gone')}</p>}
        {workspace.role === 'owner' && !undo.isSuccess && (
          <>
            <p className={styles.text}>{t('keyDid.undoText')}</p>
            <Button
              kind="danger"
              disabled={
                undo.isPending ||
                (answerIn(deeds)?.events ?? 0) + (answerIn(deeds)?.traits ?? 0) === 0
              }
              onPress={() => (sure ? undo.mutate() : setSure(true))}
            >
              {t(sure ? 'keyDid.sure' : 'keyDid.undo')}
            </Button>
          </>
        )}
        <Button onPress={props.onClose}>{t('action.close')}</Button>
      </div>
    </Modal>
  )
}
