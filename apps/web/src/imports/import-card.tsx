import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { placeOf } from '../api/ask.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Button } from '../ui/button.tsx'
import button from '../ui/link-button.module.css'
import panel from '../ui/panel.module.css'
import { useProblemText } from '../ui/problem-text.ts'
import { Progress } from '../ui/progress.tsx'
import { CollisionTable } from './collision-table.tsx'
import { DeleteImport } from './delete-import.tsx'
import styles from './import-card.module.css'
import { useRefusalText } from './refusal-text.ts'
import { RejectTable } from './reject-table.tsx'
import { type ImportView, mayHaveBrought, useCancelImport } from './use-imports.ts'

/** One import: how far it is or how it ended, what it refused, and what to do with it. */
export function ImportCard(props: {
  readonly workspace: string
  readonly view: ImportView
  readonly mayEdit: boolean
  readonly onLook: (importId: string, name: string) => void
  /** A new file is to take its place. */
  readonly onReplace: (importId: string, name: string) => void
}) {
  const { workspace, view, mayEdit } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const text = useRefusalText()
  const problemText = useProblemText()
  const cancel = useCancelImport(workspace)
  const [deleting, setDeleting] = useState(false)
  const brought = mayHaveBrought(view)
  const { progress } = view
  const remove = () => cancel.mutate(view.importId)
  return (
    <section className={panel.box} aria-label={view.name}>
      <header className={styles.head}>
        <div>
          <h2 className={panel.title}>{view.name}</h2>
          <p className={panel.text}>
            {t(`importState.${view.state}`)} · {numbers.bytes(view.sizeBytes)} ·{' '}
            {numbers.instant(view.createdMs)}
          </p>
        </div>
        <div className={panel.actions}>
          {mayEdit && view.state === 'uploaded' && (
            <Button onPress={() => props.onLook(view.importId, view.name)}>
              {t('imports.continue')}
            </Button>
          )}
          {mayEdit && brought && (
            <>
              <Button onPress={() => props.onReplace(view.importId, view.name)}>
                {t('imports.replace')}
              </Button>
              <Button kind="danger" onPress={() => setDeleting(true)}>
                {t('action.delete')}
              </Button>
            </>
          )}
          {mayEdit && !brought && (
            <Button kind="quiet" onPress={remove}>
              {view.state === 'running' ? t('action.cancel') : t('imports.forget')}
            </Button>
          )}
        </div>
      </header>
      {cancel.error !== null && (
        <p role="alert" className={styles.problem}>
          {problemText(cancel.error)}
        </p>
      )}
      {view.state === 'running' && (
        <Progress
          label={t('importState.running')}
          share={view.sizeBytes === 0 ? 0 : progress.bytesRead / view.sizeBytes}
          text={t('imports.rate', {
            count: progress.rows,
            rows: numbers.count(progress.rows),
            rate: numbers.count(progress.rate),
          })}
        />
      )}
      {view.state !== 'uploaded' && <Counts view={view} />}
      {progress.otherMoney.map(({ currency, events, amount }) => (
        <p key={currency} role="status">
          {t('imports.otherMoney', {
            count: events,
            n: numbers.count(events),
            money: `${numbers.plain(amount)} ${currency}`,
            currency: progress.currency,
          })}
        </p>
      ))}
      {view.problem !== null && (
        <p role="alert" className={styles.problem}>
          <strong>{text.file(view.problem.code) ?? view.problem.code}</strong> {view.problem.detail}
        </p>
      )}
      {view.rejects.length > 0 && (
        <>
          <RejectTable rejects={view.rejects} />
          <p>
            <a
              className={button.plain}
              href={placeOf('rejects', { params: { workspace, importId: view.importId } }).path}
              download
            >
              <Download size={16} aria-hidden="true" />
              {t('imports.allRejects')}
            </a>{' '}
            {mayEdit && brought && (
              <Button kind="quiet" onPress={remove}>
                {t('imports.forgetRejects')}
              </Button>
            )}
          </p>
        </>
      )}
      {view.collisions.length > 0 && <CollisionTable view={view} />}
      {deleting && (
        <DeleteImport workspace={workspace} view={view} onClose={() => setDeleting(false)} />
      )}
      {view.state === 'done' && progress.stored > 0 && (
        <p className={panel.actions}>
          <Link className={button.main} to="/w/$workspace/proposal" params={{ workspace }}>
            {t('action.mapFromData')}
          </Link>
        </p>
      )}
    </section>
  )
}

function Counts({ view }: { readonly view: ImportView }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const { progress } = view
  const counts = [
    ['stored', progress.stored],
    ['repeated', progress.repeated],
    ...(progress.collided === 0 ? [] : [['collided', progress.collided] as const]),
    ...(progress.replaced === 0 ? [] : [['replaced', progress.replaced] as const]),
    ...(progress.stated === 0 ? [] : [['stated', progress.stated] as const]),
    ['rejected', progress.rejected],
  ] as const
  return (
    <dl className={styles.counts}>
      {counts.map(([name, count]) => (
        <div key={name}>
          <dt>{t(`imports.${name}`)}</dt>
          <dd>{numbers.count(count)}</dd>
        </div>
      ))}
      {progress.startedMs !== null && progress.endedMs !== null && (
        <div>
          <dt>{t('imports.took')}</dt>
          <dd>{numbers.duration(progress.endedMs - progress.startedMs)}</dd>
        </div>
      )}
    </dl>
  )
}
