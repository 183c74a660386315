import { CircleAlert, CircleDashed, Ellipsis } from 'lucide-react'
import { Fragment } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { pathText, type RuleLine } from './rule-lines.ts'
import styles from './sentence-editor.module.css'
import type { Remark } from './sentence-editor.tsx'
import type { SentenceWriter } from './sentence.ts'

/** One line: the word that joins it, the parts of its condition, what can be done to it, and what is to be said of it. */
export function SentenceLine(props: {
  readonly line: RuleLine
  readonly writer: SentenceWriter
  readonly remarks: readonly Remark[]
}) {
  const { line, writer, remarks } = props
  const { t } = useTranslation()
  const path = pathText(line.path)
  const part = { 'data-path': path, 'aria-haspopup': 'dialog', type: 'button' } as const
  return (
    <div
      className={styles.line}
      data-line=""
      data-wrong={remarks.some(({ kind }) => kind === 'fault')}
      style={{ '--depth': line.path.length }}
      role="group"
      aria-label={
        line.kind === 'leaf' ? writer.condition(line.leaf) : t(`sentence.join.${line.group.kind}`)
      }
    >
      <p className={styles.text}>
        {line.join !== null && (
          <span className={styles.joint}>
            {t(line.join === 'all' ? 'sentence.joint.and' : 'sentence.joint.or')}
          </span>
        )}
        {line.kind === 'leaf' ? (
          writer.parts(line.leaf).map(({ slot, text, missing }, i) =>
            slot === null ? (
              <Fragment key={i}>{text}</Fragment>
            ) : (
              <button
                key={slot}
                {...part}
                className={styles.part}
                data-part={slot}
                data-missing={missing}
              >
                {text}
              </button>
            ),
          )
        ) : (
          <button {...part} className={styles.part} data-part="join">
            {t(`sentence.join.${line.group.kind}`)}
          </button>
        )}
        <button
          {...part}
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
