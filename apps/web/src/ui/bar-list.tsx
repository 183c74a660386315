import type { ReactNode } from 'react'
import styles from './bar-list.module.css'

export interface BarRow {
  readonly id: string
  readonly icon?: ReactNode
  readonly text: string
  /** 0–1: the length of the bar. */
  readonly share: number
  readonly value: string
  readonly note?: string
  readonly onOpen?: () => void
}

/** Names with a bar behind them and their number at the end. */
export function BarList({ rows }: { readonly rows: readonly BarRow[] }) {
  return (
    <ul className={styles.list}>
      {rows.map((row) => (
        <li key={row.id} className={styles.row} style={{ '--share': Math.min(1, row.share) }}>
          <span className={styles.text}>
            {row.icon}
            {row.onOpen === undefined ? (
              <span>{row.text}</span>
            ) : (
              <button type="button" onClick={row.onOpen}>
                {row.text}
              </button>
            )}
          </span>
          {row.note !== undefined && <span className={styles.note}>{row.note}</span>}
          <span className={styles.value}>{row.value}</span>
        </li>
      ))}
    </ul>
  )
}
