import { useNavigate } from '@tanstack/react-router'
import { Problem } from '../api/problem.ts'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { Modal } from '../ui/modal.tsx'
import { useProblemText } from '../ui/problem-text.ts'
import { Shown } from '../ui/shown.tsx'
import styles from './segment-page.module.css'
import { useSegmentUse } from './use-segment-parts.ts'
import { useDeleteSegment } from './save-segment.ts'
import { type SavedSegment } from './use-segments.ts'

/** A word before a segment is gone: what uses it is refused from then on. */
export function DeleteSegment(props: {
  readonly workspace: string
  readonly segment: SavedSegment
  readonly onClose: () => void
}) {
  const { workspace, segment } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const uses = useSegmentUse(workspace, segment.id)
  const remove = useDeleteSegment(workspace)
  const inUse = remove.error instanceof Problem && remove.error.code === 'in-use'
  const title = t('segments.deleteTitle', { name: segment.name })
  return (
    <Modal label={title} onClose={props.onClose}>
      <div className={styles.dialog}>
        <h2>{title}</h2>
        <Shown asked={uses}>
          {(all) => (
            <>
              {all.length === 0 ? (
                <p className={styles.soft}>{t('segments.deleteText')}</p>
              ) : (
                <>
                  <p role="alert">{t('segments.deleteUsed', { count: all.length })}</p>
                  <ul className={styles.uses}>
                    {all.map(({ kind, id, name }) => (
                      <li key={`${kind} ${id}`}>
                        {name} <span className={styles.soft}>{t(`segments.use.${kind}`)}</span>
                      </li>
                    ))}
                  </ul>
                </>
              )}
              {remove.error !== null && (
                <p role="alert" className={styles.wrong}>
                  {inUse ? t('segments.usedMeanwhile') : problemText(remove.error)}
                </p>
              )}
              <div className={styles.row}>
                <Button
                  kind="danger"
                  disabled={remove.isPending}
                  onPress={() =>
                    remove.mutate(
                      { id: segment.id, anyway: all.length > 0 },
                      {
                        onSuccess: () =>
                          void navigate({ to: '/w/$workspace/segments', params: { workspace } }),
                      },
                    )
                  }
                >
                  {all.length === 0 ? t('action.delete') : t('segments.deleteAnyway')}
                </Button>
                <Button onPress={props.onClose}>{t('action.cancel')}</Button>
              </div>
            </>
          )}
        </Shown>
      </div>
    </Modal>
  )
}
