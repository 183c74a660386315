import type { ReactNode } from 'react'
import styles from './stack.module.css'

/** The cells of one place: alternatives stand one under the other in one column. */
export function Stack(props: { readonly of: readonly unknown[]; readonly children: ReactNode }) {
  if (props.of.length < 2) return props.children
  return (
    <div role="presentation" className={styles.stack}>
      {props.children}
    </div>
  )
}
