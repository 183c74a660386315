import { Link, useNavigate } from '@tanstack/react-router'
import { Download, Snowflake, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { placeOf } from '../api/ask.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Button } from '../ui/button.tsx'
import { Check } from '../ui/check.tsx'
import button from '../ui/link-button.module.css'
import { Shown } from '../ui/shown.tsx'
import { useProblemText } from '../ui/problem-text.ts'
import { useNow } from '../ui/use-now.ts'
import { DeleteSegment } from './delete-segment.tsx'
import { NameDialog } from './name-dialog.tsx'
import styles from './segment-page.module.css'
import { useSegmentUse } from './use-segment-parts.ts'
import { useFreezeSegment, useWatchSegment } from './save-segment.ts'
import { type SavedSegment } from './use-segments.ts'

/** Whether it is watched, what uses it, and what can be done with it as a whole. */
export function SegmentFacts(props: {
  readonly workspace: MyWorkspace
  readonly segment: SavedSegment
}) {
  const { segment } = props
  const { slug, role } = props.workspace
  const { t } = useTranslation()
  const numbers = useNumbers()
  const nowMs = useNow()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const uses = useSegmentUse(slug, segment.id)
  const watch = useWatchSegment(slug)
  const freeze = useFreezeSegment(slug)
  const [open, setOpen] = useState<'freeze' | 'delete' | null>(null)
  const mayEdit = role !== 'viewer'
  const { watch: watched } = segment
  return (
    <div className={styles.side}>
      {!segment.fixed && (
        <section className={styles.card} aria-labelledby="segment-watch">
          <h2 id="segment-watch">{t('segments.watched')}</h2>
          {mayEdit ? (
            <Check
              label={t('segments.watchIt')}
              hint={t('segments.watchHint')}
              value={watched.state !== 'off'}
              onChange={(on) => watch.mutate({ id: segment.id, watched: on })}
            />
          ) : (
            <p>{t(`segments.watch.${watched.state}`)}</p>
          )}
          {watched.state === 'filling' && <p className={styles.small}>{t('segments.filling')}</p>}
          {watched.readToMs !== null && (
            <p className={styles.small}>
              {t('segments.readTo', { when: numbers.ago(watched.readToMs, nowMs) })}
            </p>
          )}
          {watch.error !== null && (
            <p role="alert" className={styles.wrong}>
              {problemText(watch.error)}
            </p>
          )}
        </section>
      )}
      <section className={styles.card} aria-labelledby="segment-used">
        <h2 id="segment-used">{t('segments.usedBy')}</h2>
        <Shown asked={uses}>
          {(all) =>
            all.length === 0 ? (
              <p className={styles.soft}>{t('segments.usedByNothing')}</p>
            ) : (
              <ul className={styles.uses}>
                {all.map(({ kind, id, name }) => (
                  <li key={`${kind} ${id}`}>
                    {kind === 'segment' ? (
                      <Link
                        to="/w/$workspace/segments/$segment"
                        params={{ workspace: slug, segment: id }}
                      >
                        {name}
                      </Link>
                    ) : (
                      name
                    )}{' '}
                    <span className={styles.soft}>{t(`segments.use.${kind}`)}</span>
                  </li>
                ))}
              </ul>
            )
          }
        </Shown>
      </section>
      {mayEdit && (
        <section className={styles.card} aria-labelledby="segment-do">
          <h2 id="segment-do">{t('segments.do')}</h2>
          <div className={styles.actions}>
            <a
              className={button.plain}
              href={
                placeOf('exportSegmentCsv', { params: { workspace: slug, segmentId: segment.id } })
                  .path
              }
              download={`${segment.name}.csv`}
            >
              <Download size={16} aria-hidden="true" />
              {t('segments.export')}
            </a>
            {!segment.fixed && (
              <Button onPress={() => setOpen('freeze')}>
                <Snowflake size={16} aria-hidden="true" />
                {t('segments.freeze')}
              </Button>
            )}
            <Button kind="danger" onPress={() => setOpen('delete')}>
              <Trash2 size={16} aria-hidden="true" />
              {t('action.delete')}
            </Button>
          </div>
        </section>
      )}
      {open === 'freeze' && (
        <NameDialog
          title={t('segments.freezeTitle')}
          text={t('segments.freezeText')}
          name={t('segments.frozenName', { name: segment.name, date: numbers.date(nowMs) })}
          action={t('segments.freeze')}
          saving={freeze}
          onName={(name) =>
            freeze.mutate(
              { id: segment.id, name },
              {
                onSuccess: (list) => {
                  setOpen(null)
                  void navigate({
                    to: '/w/$workspace/segments/$segment',
                    params: { workspace: slug, segment: list.id },
                  })
                },
              },
            )
          }
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'delete' && (
        <DeleteSegment workspace={slug} segment={segment} onClose={() => setOpen(null)} />
      )}
    </div>
  )
}
