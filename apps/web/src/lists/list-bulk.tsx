import { X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { useProblemText } from '../ui/problem-text.ts'
import styles from './list-bulk.module.css'

/** Something that can be done to several rows. */
export interface BulkAction<Row> {
  readonly id: string
  readonly text: string
  readonly icon?: ReactNode
  readonly danger?: boolean
  /** To one row. What it throws is said, and the others are done all the same. */
  readonly run: (row: Row) => Promise<unknown>
  /** After all of them: what was listed is old now. */
  readonly after: () => Promise<unknown>
}

type Doing =
  | { readonly state: 'idle' }
  /** Whether it is meant: what cannot be undone is asked about first. */
  | { readonly state: 'asking'; readonly actionId: string }
  | { readonly state: 'doing' }
  | { readonly state: 'failed'; readonly count: number; readonly error: Error }

/** How many are chosen, and what can be done to them. */
export function ListBulk<Row>(props: {
  readonly rows: readonly Row[]
  readonly actions: readonly BulkAction<Row>[]
  readonly onDone: () => void
}) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [doing, setDoing] = useState<Doing>({ state: 'idle' })
  const run = async (action: BulkAction<Row>) => {
    setDoing({ state: 'doing' })
    const failures: Error[] = []
    for (const row of props.rows) {
      try {
        await action.run(row)
      } catch (cause) {
        failures.push(cause instanceof Error ? cause : new Error(String(cause)))
      }
    }
    await action.after()
    const [error] = failures
    if (error === undefined) props.onDone()
    setDoing(
      error === undefined ? { state: 'idle' } : { state: 'failed', count: failures.length, error },
    )
  }
  const press = (action: BulkAction<Row>) => {
    if (action.danger === true && doing.state !== 'asking') {
      setDoing({ state: 'asking', actionId: action.id })
    } else void run(action)
  }
  return (
    <div className={styles.bulk}>
      <span role="status">{t('lists.selected', { count: props.rows.length })}</span>
      {doing.state === 'asking' && <span role="alert">{t('lists.sure')}</span>}
      {props.actions
        .filter(({ id }) => doing.state !== 'asking' || doing.actionId === id)
        .map((action) => (
          <Button
            key={action.id}
            kind={action.danger === true ? 'danger' : 'plain'}
            disabled={doing.state === 'doing'}
            onPress={() => press(action)}
          >
            {action.icon}
            {action.text}
          </Button>
        ))}
      {doing.state === 'asking' && (
        <Button kind="quiet" onPress={() => setDoing({ state: 'idle' })}>
          {t('action.cancel')}
        </Button>
      )}
      <Button kind="quiet" label={t('lists.clear')} onPress={props.onDone}>
        <X size={16} aria-hidden="true" />
      </Button>
      {doing.state === 'failed' && (
        <p role="alert" className={styles.wrong}>
          {t('lists.failed', { count: doing.count, why: problemText(doing.error) })}
        </p>
      )}
    </div>
  )
}
