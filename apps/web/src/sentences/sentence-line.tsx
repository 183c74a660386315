import {
  MAX_SEQUENCE_STEPS,
  plainSentence,
  type SegmentLeaf,
  type SentenceSlot,
  type SentenceWriter,
} from '@parcurs/domain'
import { CircleAlert, CircleDashed, Ellipsis } from 'lucide-react'
import { Fragment } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { pathText, placeOfPath, type RuleLine } from './rule-lines.ts'
import styles from './sentence-editor.module.css'
import type { Remark } from './sentence-editor.tsx'
import { slotText } from './slot-text.ts'

/** One line: the word that joins it, the parts of its condition, what can be done to it, and what is to be said of it. */
export function SentenceLine(props: {
  readonly line: RuleLine
  readonly writer: SentenceWriter
  readonly remarks: readonly Remark[]
}) {
  const { line, writer, remarks } = props
  const { t } = useTranslation()
  const button = {
    'data-path': pathText(line.path),
    'aria-haspopup': 'dialog',
    type: 'button',
  } as const
  const place = placeOfPath(line.path)
  const said = line.kind === 'leaf' ? writer.leaf(line.leaf, place) : []
  return (
    <div
      className={styles.line}
      data-line=""
      data-wrong={remarks.some(({ kind }) => kind === 'fault')}
      style={{ '--depth': line.path.length }}
      role="group"
      aria-label={
        line.kind === 'leaf' ? plainSentence(said) : t(`sentence.join.${line.group.kind}`)
      }
    >
      <p className={styles.text}>
        {line.join !== null && (
          <span className={styles.joint}>{line.join === 'all' ? writer.and : writer.or}</span>
        )}
        {line.kind === 'leaf' ? (
          said.map((part, i) =>
            part.kind === 'words' ? (
              <Fragment key={i}>{part.text}</Fragment>
            ) : isOffered(part, line.leaf) ? (
              <Fragment key={part.place}>
                {part.state === 'unsaid' && ' '}
                <button
                  {...button}
                  className={styles.part}
                  data-part={part.place.slice(place.length + 1)}
                  data-state={part.state}
                >
                  {slotText(part, t)}
                </button>
              </Fragment>
            ) : null,
          )
        ) : (
          <button {...button} className={styles.part} data-part="join">
            {t(`sentence.join.${line.group.kind}`)}
          </button>
        )}
        <button
          {...button}
          className={styles.more}
          data-part="more"
          aria-label={t('sentence.more')}
          title={t('sentence.more')}
        >
          <Ellipsis size={16} aria-hidden="true" />
        </button>
      </p>
      {remarks.map((remark, i) => (
        <p key={i} className={styles.remark} data-kind={remark.kind}>
          {remark.kind === 'fault' ? (
            <CircleAlert size={14} aria-hidden="true" />
          ) : (
            <CircleDashed size={14} aria-hidden="true" />
          )}
          {remark.text}
        </p>
      ))}
    </div>
  )
}

/** A sequence that has all its steps is offered no more. */
function isOffered({ field, state }: SentenceSlot, leaf: SegmentLeaf): boolean {
  return !(
    field === 'steps' &&
    state === 'unsaid' &&
    leaf.kind === 'sequence' &&
    leaf.steps.length >= MAX_SEQUENCE_STEPS
  )
}
