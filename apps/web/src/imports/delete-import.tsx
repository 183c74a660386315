import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Button } from '../ui/button.tsx'
import { Modal } from '../ui/modal.tsx'
import panel from '../ui/panel.module.css'
import { SaveFailed } from '../ui/save-failed.tsx'
import { Shown } from '../ui/shown.tsx'
import styles from './import-card.module.css'
import { type ImportView, useBrought, useDeleteImport } from './use-imports.ts'

/** What goes with an import, before it goes: it cannot be undone, only imported again. */
export function DeleteImport(props: {
  readonly workspace: string
  readonly view: ImportView
  readonly onClose: () => void
}) {
  const { workspace, view } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const brought = useBrought(workspace, view.importId)
  const remove = useDeleteImport(workspace)
  const title = t('takeAway.title', { name: view.name })
  return (
    <Modal label={title} onClose={props.onClose}>
      <div className={styles.dialog}>
        <h2 className={panel.title}>{title}</h2>
        <Shown asked={brought}>
          {(gone) =>
            gone.events + gone.answers + gone.traits === 0 ? (
              <p>{t('takeAway.nothing')}</p>
            ) : (
              <div className={styles.goes}>
                <p className={panel.text}>{t('takeAway.text')}</p>
                <dl className={styles.counts}>
                  {(['events', 'customers', 'orders', 'answers'] as const).map((name) => (
                    <div key={name}>
                      <dt>{t(`takeAway.${name}`)}</dt>
                      <dd>{numbers.count(gone[name])}</dd>
                    </div>
                  ))}
                </dl>
              </div>
            )
          }
        </Shown>
        <SaveFailed saving={remove} />
        <div className={panel.actions}>
          <Button
            kind="danger"
            disabled={brought.state !== 'answered' || remove.isPending}
            onPress={() => remove.mutate(view, { onSuccess: props.onClose })}
          >
            {t('action.delete')}
          </Button>
          <Button onPress={props.onClose}>{t('action.cancel')}</Button>
        </div>
      </div>
    </Modal>
  )
}
