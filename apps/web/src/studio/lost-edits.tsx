import type { LostEdit } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import styles from './studio.module.css'

/** What somebody wrote and another one deleted meanwhile: it can be read and taken along until it is put away. */
export function LostEdits(props: {
  readonly lost: readonly LostEdit[]
  readonly onAway: () => void
}) {
  const { t } = useTranslation()
  if (props.lost.length === 0) return null
  return (
    <div role="alert" className={styles.lost}>
      <p>{t('studio.lost')}</p>
      <ul>
        {props.lost.map(({ edit, code }) => (
          <li key={edit.seq}>
            {textsOf(edit.changes.map(({ to }) => to)).map((text) => (
              <q key={text}>{text}</q>
            ))}{' '}
            <span>{t(`editRefusal.${code}`)}</span>
          </li>
        ))}
      </ul>
      <Button onPress={props.onAway}>{t('studio.lostAway')}</Button>
    </div>
  )
}

const PROSE = ['text', 'name', 'title', 'note', 'description']

/** What a person would miss: the words, not the ranks. */
function textsOf(rows: readonly (Readonly<Record<string, unknown>> | null)[]): readonly string[] {
  const texts = rows.flatMap((row) =>
    PROSE.flatMap((field) => {
      const text = row?.[field]
      return typeof text === 'string' && text !== '' ? [text] : []
    }),
  )
  return [...new Set(texts)]
}
