import { EVERYBODY, type SegmentRule } from '@parcurs/domain'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { segmentNamed } from '../sentences/names.ts'
import { LateRuleText } from '../sentences/late-rule-text.tsx'
import type { Pick } from '../sentences/pick-list.tsx'
import { useWorkspace } from '../shell/workspace-context.ts'
import { answerIn } from '../ui/asked.ts'
import { Pop } from '../ui/pop.tsx'
import { Failed } from '../ui/waiting.tsx'
import styles from './segment-picker.module.css'
import { inSegment } from './segment-search.ts'
import { useSegments } from './use-segments.ts'

// List and editor come when somebody wants them: what is looked at first does not wait for it.
const SegmentDialog = lazy(() => import('./segment-dialog.tsx'))
const SegmentPicks = lazy(() => import('./segment-picks.tsx'))

const ALL = ' all'
const NEW = ' new'

/** Who is counted: everybody, a saved segment, or a sentence of one's own. */
export function SegmentPicker(props: {
  /** null: everybody. */
  readonly segment: SegmentRule | null
  readonly onChange: (segment: SegmentRule | null) => void
}) {
  const { segment, onChange } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const workspace = useWorkspace()
  const [opened, setOpened] = useState(false)
  const [writing, setWriting] = useState(false)
  const saved = useSegments(workspace.slug, opened || segment !== null)
  const named = segment === null ? null : segmentNamed(segment)
  const own = segment !== null && named === null
  const picks: readonly Pick<string>[] = [
    { id: ALL, text: t('segment.everybody') },
    ...(answerIn(saved) ?? []).map(({ id, name, size }) => ({
      id,
      text: name,
      ...(size === null ? {} : { note: numbers.compactCount(size.customers) }),
    })),
    { id: NEW, text: t(own ? 'segment.changeOwn' : 'segment.new') },
  ]
  return (
    <>
      <Pop
        label={t('segment.title')}
        onOpen={() => setOpened(true)}
        value={
          segment === null ? (
            t('segment.everybody')
          ) : named === null ? (
            <LateRuleText workspace={workspace.slug} rule={segment} />
          ) : (
            (answerIn(saved)?.find(({ id }) => id === named)?.name ?? '…')
          )
        }
      >
        {(close) => (
          <div className={styles.form}>
            {saved.state === 'waiting' && <p role="status">{t('state.asking')}</p>}
            {(saved.state === 'refused' || saved.state === 'offline') && (
              <Failed error={saved.error} onRetry={saved.retry} />
            )}
            {saved.state !== 'waiting' && (
              <Suspense fallback={<p role="status">{t('state.asking')}</p>}>
                <SegmentPicks
                  picks={picks}
                  chosen={segment === null ? ALL : (named ?? NEW)}
                  onPick={(id) => {
                    close()
                    if (id === NEW) setWriting(true)
                    else onChange(id === ALL ? null : inSegment(id))
                  }}
                />
              </Suspense>
            )}
          </div>
        )}
      </Pop>
      {writing && (
        <Suspense fallback={null}>
          <SegmentDialog
            workspace={workspace}
            rule={own ? segment : EVERYBODY}
            onUse={(rule) => {
              setWriting(false)
              onChange(rule)
            }}
            onClose={() => setWriting(false)}
          />
        </Suspense>
      )}
    </>
  )
}
