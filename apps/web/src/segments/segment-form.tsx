import { NO_NAMES } from '@parcurs/domain'
import { Redo2, Undo2 } from 'lucide-react'
import { type ReactNode, useEffect, useReducer, useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { changeHistory, historyOf } from '../sentences/edit-history.ts'
import { CONDITION_KINDS } from '../sentences/new-condition.ts'
import { emptyOffer, useOffer } from '../sentences/offer.ts'
import { useNames } from '../sentences/use-names.ts'
import { asGroup } from '../sentences/rule-edit.ts'
import { SentenceEditor } from '../sentences/sentence-editor.tsx'
import { useSentence } from '../sentences/use-sentence.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { answerIn, both } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import { SaveFailed } from '../ui/save-failed.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { Failed } from '../ui/waiting.tsx'
import { gapsIn } from './rule-gaps.ts'
import styles from './segment-form.module.css'
import { SegmentPreview } from './segment-preview.tsx'
import { SegmentText } from './segment-text.tsx'
import { useRemarks } from './use-remarks.ts'
import { plainest } from './plainest-rule.ts'
import { type SegmentDraft, useSaveSegment, useSegmentPreview } from './save-segment.ts'
import { type SavedSegment } from './use-segments.ts'

/** A segment as it is made or changed: its sentence, and beside it whom it means while it is written. */
export function SegmentForm(props: {
  readonly workspace: string
  readonly draft: SegmentDraft
  readonly onSaved: (segment: SavedSegment) => void
  readonly onCancel: () => void
  /** Whether something is written that is not saved. */
  readonly onChanged?: (changed: boolean) => void
  /** More that can be done with the rule as it stands; null: it has a gap. */
  readonly more?: (rule: SegmentDraft['rule'] | null) => ReactNode
}) {
  const { workspace, draft } = props
  const { t } = useTranslation()
  const [name, setName] = useState(draft.name)
  const [description, setDescription] = useState(draft.description)
  const [history, change] = useReducer(changeHistory, historyOf(asGroup(draft.rule)))
  const [tried, setTried] = useState(false)
  const [asText, setAsText] = useState(false)
  const { rule } = history
  const mayEdit = useWorkspace().role !== 'viewer'
  const known = both(useOffer(workspace, draft.id), useNames(workspace, [rule]))
  // What can be said comes while one begins to write; nothing that is written waits for it.
  const { onChanged } = props
  const changed =
    name !== draft.name ||
    description !== draft.description ||
    JSON.stringify(rule) !== JSON.stringify(asGroup(draft.rule))
  useEffect(() => onChanged?.(changed), [onChanged, changed])
  const offer = answerIn(known)?.[0] ?? emptyOffer(workspace)
  const writer = useSentence(answerIn(known)?.[1] ?? NO_NAMES)
  const complete = !gapsIn(rule, writer)
  const preview = useSegmentPreview(workspace, complete ? rule : null)
  const save = useSaveSegment(workspace)
  const remarks = useRemarks(rule, {
    unseen: complete ? (answerIn(preview)?.unknown ?? []) : [],
    error: save.error ?? (preview.state === 'refused' ? preview.error : null),
    gaps: tried,
  })
  const kinds = CONDITION_KINDS.filter(
    (kind) =>
      (kind !== 'on-map' || offer.maps.length > 0) && (kind !== 'in' || offer.segments.length > 0),
  )
  const submit = () => {
    setTried(true)
    if (name.trim() === '' || !complete) return
    save.mutate(
      {
        id: draft.id,
        version: draft.version,
        name: name.trim(),
        description: description.trim(),
        rule: plainest(rule),
      },
      { onSuccess: props.onSaved },
    )
  }
  return (
    <div className={styles.form}>
      <div className={styles.main}>
        <TextInput
          label={t('segments.name')}
          value={name}
          required
          wrong={tried && name.trim() === '' ? t('segments.nameMissing') : null}
          onChange={setName}
        />
        <section className={styles.rule} aria-labelledby="segment-rule">
          <header className={styles.head}>
            <h2 id="segment-rule">{t('segments.who')}</h2>
            <Button
              kind="quiet"
              label={t('segments.undo')}
              disabled={history.past.length === 0}
              onPress={() => change({ kind: 'undo' })}
            >
              <Undo2 size={16} aria-hidden="true" />
            </Button>
            <Button
              kind="quiet"
              label={t('segments.redo')}
              disabled={history.future.length === 0}
              onPress={() => change({ kind: 'redo' })}
            >
              <Redo2 size={16} aria-hidden="true" />
            </Button>
          </header>
          {(known.state === 'refused' || known.state === 'offline') && (
            <Failed error={known.error} onRetry={known.retry} />
          )}
          <SentenceEditor
            history={history}
            onChange={change}
            writer={writer}
            offer={offer}
            kinds={kinds}
            remarks={remarks}
          />
          {complete && (
            <details
              className={styles.asText}
              onToggle={(event) => setAsText(event.currentTarget.open)}
            >
              <summary>{t('segments.asText')}</summary>
              {asText && (
                <SegmentText
                  rule={plainest(rule)}
                  offer={offer}
                  onRead={(read) => change({ kind: 'edit', rule: asGroup(read) })}
                />
              )}
            </details>
          )}
        </section>
        <TextInput
          label={t('segments.description')}
          value={description}
          hint={t('segments.descriptionHint')}
          onChange={setDescription}
        />
        <SaveFailed saving={save} />
        <footer className={styles.actions}>
          {mayEdit && (
            <Button kind="main" disabled={save.isPending} onPress={submit}>
              {t('action.save')}
            </Button>
          )}
          {props.more?.(complete ? plainest(rule) : null)}
          <Button kind="quiet" onPress={props.onCancel}>
            {t('action.cancel')}
          </Button>
        </footer>
      </div>
      <SegmentPreview complete={complete} preview={preview} />
    </div>
  )
}
