import { Check } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { plainText, plainWords } from '../languages/plain-text.ts'
import { useTranslation } from '../languages/translation.ts'
import styles from './pick-list.module.css'

export interface Pick<Id extends string> {
  readonly id: Id
  readonly text: string
  /** At the end of the line: how many there are. */
  readonly note?: string
  /** What it is, when several kinds are listed. */
  readonly group?: string
}

/** No more are drawn: the rest is found by typing. */
const MOST_DRAWN = 100

/**
 * One of several, found by a few letters. Enter takes the one looked at, arrows move. Short lists need no typing:
 * they have no field, and a letter goes to the next that begins with it.
 */
export function PickList<Id extends string>(props: {
  readonly label: string
  readonly picks: readonly Pick<Id>[]
  readonly chosen: readonly string[]
  readonly onPick: (id: Id, too: boolean) => void
  /** What was typed is taken although it is not listed; absent: only what is listed can be taken. */
  readonly onTyped?: (text: string) => void
  /** More than one may be taken, by Shift and Enter or a press of the sign at the end. */
  readonly several?: boolean
}) {
  const { picks, chosen, onPick, onTyped } = props
  const { t } = useTranslation()
  const id = useId()
  const searched = onTyped !== undefined || picks.length > 8
  const [typed, setTyped] = useState('')
  const wanted = plainWords(typed)
  const found = picks
    .filter(({ text }) => wanted.every((word) => plainText(text).includes(word)))
    .slice(0, MOST_DRAWN)
  const own = typed.trim()
  const offersOwn = onTyped !== undefined && own !== '' && !picks.some(({ text }) => text === own)
  const rows = found.length + (offersOwn ? 1 : 0)
  const first = Math.max(
    0,
    picks.findIndex((pick) => chosen.includes(pick.id)),
  )
  const [at, setAt] = useState(first < MOST_DRAWN ? first : 0)
  const focused = useRef<HTMLInputElement & HTMLUListElement>(null)
  useEffect(() => focused.current?.focus({ preventScroll: true }), [])
  const take = (row: number, too: boolean) => {
    const pick = found[row]
    if (pick !== undefined) onPick(pick.id, too)
    else if (offersOwn && row === found.length) onTyped(own)
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(rows - 1, at + 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1))
    else if (event.key === 'Enter') take(at, event.shiftKey && props.several === true)
    else if (!searched && event.key === ' ') take(at, false)
    else if (!searched && event.key.length === 1) {
      const begins = (row: number) =>
        plainText(found[row]?.text ?? '').startsWith(plainText(event.key))
      const next = found.findIndex((_, row) => row > at && begins(row))
      setAt(Math.max(next >= 0 ? next : found.findIndex((_, row) => begins(row)), 0))
    } else return
    event.preventDefault()
  }
  const active = rows > 0 ? `${id}-${at}` : undefined
  const list = {
    id: `${id}-list`,
    role: 'listbox',
    'aria-label': props.label,
    'aria-multiselectable': props.several === true ? true : undefined,
    className: styles.list,
  } as const
  const options = (
    <>
      {found.map((pick, row) => (
        <li
          key={pick.id}
          id={`${id}-${row}`}
          role="option"
          aria-selected={chosen.includes(pick.id)}
          data-at={row === at}
          className={styles.pick}
          ref={row === at ? (item) => item?.scrollIntoView({ block: 'nearest' }) : null}
          onPointerMove={() => setAt(row)}
          onClick={(event) => take(row, event.shiftKey && props.several === true)}
        >
          <Check size={14} aria-hidden="true" className={styles.check} />
          <span className={styles.text}>{pick.text}</span>
          {pick.group !== undefined && <span className={styles.note}>{pick.group}</span>}
          {pick.note !== undefined && <span className={styles.number}>{pick.note}</span>}
        </li>
      ))}
      {offersOwn && (
        <li
          id={`${id}-${found.length}`}
          role="option"
          aria-selected={false}
          data-at={at === found.length}
          className={styles.pick}
          onPointerMove={() => setAt(found.length)}
          onClick={() => take(found.length, false)}
        >
          <Check size={14} aria-hidden="true" className={styles.check} />
          <span className={styles.text}>{t('pick.typed', { text: own })}</span>
        </li>
      )}
    </>
  )
  if (!searched) {
    return (
      <ul {...list} ref={focused} tabIndex={0} aria-activedescendant={active} onKeyDown={keys}>
        {options}
      </ul>
    )
  }
  return (
    <div className={styles.picker}>
      <input
        ref={focused}
        className={styles.input}
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={active}
        aria-label={props.label}
        placeholder={t('pick.search')}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={keys}
      />
      <ul {...list}>{options}</ul>
      {rows === 0 && (
        <p className={styles.none} role="status">
          {t('pick.none')}
        </p>
      )}
      {props.several === true && rows > 0 && <p className={styles.hint}>{t('pick.several')}</p>}
    </div>
  )
}
