import { NO_NAMES, plainSentence, type SentenceWriter } from '@parcurs/domain'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { useNames } from '../sentences/use-names.ts'
import { useSentence } from '../sentences/use-sentence.ts'
import { answerIn, both } from '../ui/asked.ts'
import { Shown } from '../ui/shown.tsx'
import { ruleDifference } from './rule-difference.ts'
import styles from './segment-page.module.css'
import { useSegmentVersions } from './use-segment-parts.ts'
import type { SavedSegment } from './use-segments.ts'

type Version = AnswerOf<'segmentVersions'>[number]

/** What a segment was before: every version with what was changed in it, in words. */
export function SegmentHistory(props: {
  readonly workspace: string
  readonly segment: SavedSegment
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const versions = useSegmentVersions(props.workspace, props.segment.id)
  const rules = (answerIn(versions) ?? []).map(({ rule }) => rule)
  const names = useNames(props.workspace, rules)
  const writer = useSentence(answerIn(names) ?? NO_NAMES)
  return (
    <Shown asked={both(versions, names)}>
      {([all]) => (
        <ol className={styles.versions}>
          {all.map((version, i) => (
            <li key={version.version}>
              <div>
                <strong>{t('segments.version', { n: version.version })}</strong>
                <p className={styles.soft}>{numbers.instant(version.atMs)}</p>
                <p className={styles.soft}>{version.by ?? t('segments.byProgram')}</p>
              </div>
              <Changed version={version} before={all[i + 1]} writer={writer} />
            </li>
          ))}
        </ol>
      )}
    </Shown>
  )
}

function Changed(props: {
  readonly version: Version
  readonly before: Version | undefined
  readonly writer: SentenceWriter
}) {
  const { version, before, writer } = props
  const { t } = useTranslation()
  if (before === undefined) return <p>{plainSentence(writer.rule(version.rule))}</p>
  const { added, removed, joined } = ruleDifference(before.rule, version.rule, (leaf) =>
    plainSentence(writer.leaf(leaf)),
  )
  return (
    <ul className={styles.changes}>
      {version.name !== before.name && (
        <li>{t('segments.renamed', { from: before.name, to: version.name })}</li>
      )}
      {version.description !== before.description && <li>{t('segments.redescribed')}</li>}
      {removed.map((text) => (
        <li key={`- ${text}`} className={styles.removed}>
          <del>{text}</del>
        </li>
      ))}
      {added.map((text) => (
        <li key={`+ ${text}`} className={styles.added}>
          <ins>{text}</ins>
        </li>
      ))}
      {joined && (
        <li>{t('segments.rejoined', { rule: plainSentence(writer.rule(version.rule)) })}</li>
      )}
    </ul>
  )
}
