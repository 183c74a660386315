import { CHANNELS, type Presence } from '@parcurs/domain'
import { Trash2, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { answerIn } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { useProblemText } from '../ui/problem-text.ts'
import { TextInput } from '../ui/text-input.tsx'
import { useChannelName } from './channel-icons.tsx'
import { DeleteTouchpoint } from './delete-touchpoint.tsx'
import { isComplete } from './rule-edit.ts'
import { RuleEditor } from './rule-editor.tsx'
import { RulePreview } from './rule-preview.tsx'
import type { RuleWords } from './rule-words.ts'
import styles from './touchpoint-editor.module.css'
import type { CountedTouchpoint } from './touchpoint-columns.tsx'
import { type TouchpointDraft, usePreview, useSaveTouchpoint } from './use-touchpoints.ts'

const PRESENCES: readonly Presence[] = ['digital', 'physical', 'hybrid']

const NEW: TouchpointDraft = {
  id: null,
  name: '',
  channel: 'web',
  ownerTeam: '',
  presence: 'digital',
  rule: { kind: 'all', rules: [{ kind: 'event', names: [] }] },
  version: 0,
}

/** Defines one touchpoint against live data: while the rule is typed, what it matches stands under it. */
export function TouchpointEditor(props: {
  readonly workspace: string
  readonly touchpoint: CountedTouchpoint | null
  readonly words: RuleWords
  readonly onClose: () => void
  /** Saved or deleted. */
  readonly onDone: () => void
  /** Whether something is written that is not saved. */
  readonly onChanged: (changed: boolean) => void
}) {
  const { workspace, touchpoint, onChanged } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const channelName = useChannelName()
  const problemText = useProblemText()
  const [draft, setDraft] = useState<TouchpointDraft>(touchpoint ?? NEW)
  const preview = usePreview(workspace, draft.rule)
  const counted = answerIn(preview)
  const save = useSaveTouchpoint(workspace)
  const [deleting, setDeleting] = useState(false)
  const changed = JSON.stringify(draft) !== JSON.stringify(touchpoint ?? NEW)
  useEffect(() => onChanged(changed), [onChanged, changed])
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const change = (part: Partial<TouchpointDraft>) => setDraft({ ...draft, ...part })
  const complete = draft.name.trim() !== '' && isComplete(draft.rule)
  const { error } = save
  return (
    <aside
      className={styles.editor}
      aria-labelledby="touchpoint-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) props.onClose()
      }}
    >
      <header className={styles.head}>
        <h2 id="touchpoint-title" ref={heading} tabIndex={-1} className={styles.title}>
          {touchpoint?.name ?? t('touchpoints.new')}
        </h2>
        <Button kind="quiet" label={t('action.close')} onPress={props.onClose}>
          <X size={16} aria-hidden="true" />
        </Button>
      </header>
      <div className={styles.fields}>
        <TextInput
          label={t('touchpoints.name')}
          value={draft.name}
          onChange={(name) => change({ name })}
        />
        <Choice
          label={t('touchpoints.channel')}
          shown="field"
          value={draft.channel}
          options={[...new Set([...CHANNELS, ...props.words.channels, draft.channel])].map(
            (id) => ({ id, text: channelName(id) }),
          )}
          onChange={(channel) => change({ channel })}
        />
        <TextInput
          label={t('touchpoints.owner')}
          value={draft.ownerTeam}
          onChange={(ownerTeam) => change({ ownerTeam })}
        />
        <Choice
          label={t('touchpoints.presence')}
          shown="field"
          value={draft.presence}
          options={PRESENCES.map((id) => ({ id, text: t(`presence.${id}`) }))}
          onChange={(presence) => change({ presence })}
        />
      </div>
      <section>
        <h3 className={styles.section}>{t('touchpoints.rule')}</h3>
        <RuleEditor rule={draft.rule} words={props.words} onChange={(rule) => change({ rule })} />
      </section>
      <RulePreview complete={isComplete(draft.rule)} asked={preview} />
      {error !== null && (
        <p role="alert" className={styles.wrong}>
          {problemText(error)}
        </p>
      )}
      <footer className={styles.actions}>
        <p className={styles.counted} role="status">
          {counted !== null && isComplete(draft.rule) && (
            <>
              {numbers.count(counted.events)} {t('preview.events', { count: counted.events })} ·{' '}
              {numbers.count(counted.customers)}{' '}
              {t('preview.customers', { count: counted.customers })}
            </>
          )}
        </p>
        <Button
          kind="main"
          disabled={!complete || save.isPending}
          onPress={() => save.mutate(draft, { onSuccess: props.onDone })}
        >
          {t('action.save')}
        </Button>
        <Button onPress={props.onClose}>{t('action.cancel')}</Button>
        {touchpoint !== null && (
          <Button kind="danger" onPress={() => setDeleting(true)}>
            <Trash2 size={16} aria-hidden="true" />
            {t('action.delete')}
          </Button>
        )}
      </footer>
      {deleting && touchpoint !== null && (
        <DeleteTouchpoint
          workspace={workspace}
          touchpoint={touchpoint}
          onDone={props.onDone}
          onClose={() => setDeleting(false)}
        />
      )}
    </aside>
  )
}
