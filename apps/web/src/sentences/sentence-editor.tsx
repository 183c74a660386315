import { isGroup, plainSentence, type SegmentLeaf, type SentenceWriter } from '@parcurs/domain'
import { useReducer, useRef, useState } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { useTranslation } from '../languages/translation.ts'
import choice from '../ui/choice.module.css'
import { JoinForm } from './join-form.tsx'
import { LineMenu } from './line-menu.tsx'
import { type ConditionKind, newCondition } from './new-condition.ts'
import type { Offer } from './offer.ts'
import { PartForm } from './part-form.tsx'
import formStyles from './part-form.module.css'
import { PickList } from './pick-list.tsx'
import {
  addBeside,
  type Edited,
  insertAt,
  joinAt,
  moveAt,
  type Path,
  removeAt,
  replaceAt,
  ruleAt,
} from './rule-edit.ts'
import { pathOf, pathText, ruleLines } from './rule-lines.ts'
import type { History, HistoryChange } from './edit-history.ts'
import styles from './sentence-editor.module.css'
import { SentenceLine } from './sentence-line.tsx'
import { type Place, usePartFocus } from './use-part-focus.ts'

/** What is said under a line: a fault, or that nothing like it was seen yet. */
export interface Remark {
  readonly path: Path
  readonly kind: 'fault' | 'unseen'
  readonly text: string
}

/**
 * A rule as a sentence whose parts are changed in place. It is one Tab stop: arrows move between the parts, Enter opens
 * one, Delete takes its condition out, Alt and arrows move it, Ctrl+Z takes back.
 */
export function SentenceEditor(props: {
  readonly history: History
  readonly onChange: (change: HistoryChange) => void
  readonly writer: SentenceWriter
  readonly offer: Offer
  readonly kinds: readonly ConditionKind[]
  readonly remarks: readonly Remark[]
}) {
  const { writer, offer, kinds, remarks, onChange } = props
  const { rule } = props.history
  const { t } = useTranslation()
  const root = useRef<HTMLDivElement>(null)
  const focus = usePartFocus(root)
  const [open, setOpen] = useState<{ readonly place: Place; readonly trigger: Element } | null>(
    null,
  )
  const [said, say] = useReducer((_: string, next: string) => next, '')

  const edit = (edited: Edited, about: string | null = null) => {
    onChange({ kind: 'edit', rule: edited.rule, about })
    return edited
  }
  const remove = (path: Path) => {
    const there = ruleAt(rule, path)
    const edited = edit(removeAt(rule, path))
    say(
      t('sentence.done.removed', {
        what:
          there === null || isGroup(there)
            ? t('sentence.group')
            : plainSentence(writer.leaf(there)),
      }),
    )
    focus.want({ path: edited.at, part: edited.at.length === 0 ? 'add' : 'kind' })
  }
  const move = (path: Path, by: -1 | 1, part: string) => {
    const edited = moveAt(rule, path, by)
    if (edited.rule === rule) return
    edit(edited)
    say(t(by === 1 ? 'sentence.done.down' : 'sentence.done.up'))
    focus.want({ path: edited.at, part })
  }
  /** A new condition stands; the first of its parts that nothing is chosen for is opened. */
  const added = (edited: Edited, kind: ConditionKind) => {
    edit(edited)
    focus.want({ path: edited.at, part: FIRST_PART[kind], open: true })
  }
  const step = (kind: 'undo' | 'redo') => {
    onChange({ kind })
    say(t(`sentence.done.${kind}`))
  }

  const place = open?.place
  const close = () => {
    setOpen(null)
    if (place !== undefined) focus.want(place)
  }
  const there = place === undefined ? null : ruleAt(rule, place.path)
  return (
    <div
      ref={root}
      role="group"
      aria-label={t('sentence.title')}
      aria-description={t('sentence.keys')}
      className={styles.sentence}
      onFocus={focus.onFocus}
      onKeyDown={(event) => {
        if (open !== null) return
        const at = focus.at()
        const command = event.ctrlKey || event.metaKey
        const vertical = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
        if (command && event.key.toLowerCase() === 'z') step(event.shiftKey ? 'redo' : 'undo')
        else if (command && event.key.toLowerCase() === 'y') step('redo')
        else if (event.altKey && vertical !== null && at !== null) move(at.path, vertical, at.part)
        else if (
          !command &&
          (event.key === 'Delete' || event.key === 'Backspace') &&
          at !== null &&
          at.path.length > 0
        )
          remove(at.path)
        else if (!focus.onKey(event.key, command, event.altKey)) return
        event.preventDefault()
      }}
      onClick={(event) => {
        const part = event.target instanceof Element ? event.target.closest('[data-part]') : null
        const of = part === null ? null : placeOf(part)
        if (part !== null && of !== null) setOpen({ place: of, trigger: part })
      }}
    >
      <p className={styles.begin} data-line="">
        {rule.rules.length > 0 && <span>{t('sentence.begin')} </span>}
        {(rule.rules.length > 1 || rule.kind === 'none') && (
          <button
            type="button"
            className={styles.part}
            data-part="join"
            data-path=""
            aria-haspopup="dialog"
          >
            {t(`sentence.join.${rule.kind}`)}
          </button>
        )}
        {rule.rules.length === 0 && (
          <span className={styles.soft}>
            {t(rule.kind === 'any' ? 'sentence.nobodyHint' : 'sentence.everybodyHint')}
          </span>
        )}
      </p>
      {ruleLines(rule).map((line) => (
        <SentenceLine
          key={pathText(line.path)}
          line={line}
          writer={writer}
          remarks={remarks.filter(({ path }) => pathText(path) === pathText(line.path))}
        />
      ))}
      <p data-line="">
        <button
          type="button"
          className={styles.add}
          data-part="add"
          data-path=""
          aria-haspopup="dialog"
        >
          {t('sentence.add')}
        </button>
      </p>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {open !== null && place !== undefined && (
        <Popover
          className={choice.popover ?? ''}
          triggerRef={{ current: open.trigger }}
          placement="bottom start"
          isOpen
          onOpenChange={(shown) => !shown && close()}
          offset={4}
        >
          <Dialog
            key={`${pathText(place.path)} ${place.part}`}
            className={styles.dialog ?? ''}
            aria-label={t('sentence.change', { part: open.trigger.textContent })}
          >
            {place.part === 'add' ? (
              <div className={formStyles.form}>
                <PickList
                  label={t('pick.kind')}
                  picks={kinds.map((id) => ({ id, text: t(`pick.kinds.${id}`) }))}
                  chosen={[]}
                  onPick={(kind) => {
                    close()
                    added(insertAt(rule, [], rule.rules.length, newCondition(kind)), kind)
                  }}
                />
              </div>
            ) : place.part === 'join' && there !== null && isGroup(there) ? (
              <JoinForm
                kind={there.kind}
                onPick={(kind) => {
                  close()
                  edit(joinAt(rule, place.path, kind))
                }}
              />
            ) : place.part === 'more' && there !== null ? (
              <LineMenu
                kinds={kinds}
                isGroup={isGroup(there)}
                onAdd={(word, kind) => {
                  close()
                  added(
                    isGroup(there) && word === 'into'
                      ? insertAt(rule, place.path, there.rules.length, newCondition(kind))
                      : addBeside(
                          rule,
                          place.path,
                          word === 'or' ? 'any' : 'all',
                          newCondition(kind),
                        ),
                    kind,
                  )
                }}
                onMove={(by) => {
                  close()
                  move(place.path, by, 'more')
                }}
                onRemove={() => {
                  close()
                  remove(place.path)
                }}
              />
            ) : there !== null && !isGroup(there) ? (
              <PartForm
                leaf={there}
                slot={place.part}
                offer={offer}
                kinds={kinds}
                onChange={(leaf: SegmentLeaf) =>
                  edit(replaceAt(rule, place.path, leaf), `${pathText(place.path)} ${place.part}`)
                }
                onDone={close}
              />
            ) : null}
          </Dialog>
        </Popover>
      )}
    </div>
  )
}

/** The part of a new condition that has to be chosen first. */
const FIRST_PART: Readonly<Record<ConditionKind, string>> = {
  did: 'event',
  'did-not': 'event',
  trait: 'trait',
  amount: 'event',
  distinct: 'event',
  first: 'event',
  last: 'event',
  sequence: 'steps[0]',
  'on-map': 'map',
  said: 'test',
  in: 'id',
}

function placeOf(part: Element): Place | null {
  const path = part.getAttribute('data-path')
  const name = part.getAttribute('data-part')
  return path === null || name === null ? null : { path: pathOf(path), part: name }
}
