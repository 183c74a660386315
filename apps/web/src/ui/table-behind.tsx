import type { ReactNode } from 'react'
import table from './table.module.css'
import styles from './table-behind.module.css'

export interface TableColumn<Row> {
  readonly title: string
  readonly kind?: 'number' | 'moment' | 'soft'
  readonly cell: (row: Row) => ReactNode
}

/** The rows behind a drawing or a figure, opened when somebody wants them. */
export function TableBehind<Row>(props: {
  readonly summary: string
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowId: (row: Row, i: number) => string
}) {
  return (
    <details className={styles.details}>
      <summary>{props.summary}</summary>
      <div className={table.frame} tabIndex={0} role="region" aria-label={props.label}>
        <table className={table.table}>
          <thead>
            <tr>
              {props.columns.map(({ title, kind }) => (
                <th
                  key={title}
                  scope="col"
                  className={kind === 'number' ? table.number : undefined}
                >
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row, i) => (
              <tr key={props.rowId(row, i)}>
                {props.columns.map(({ title, kind, cell }) => (
                  <td key={title} className={kind === undefined ? undefined : KINDS[kind]}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

const KINDS = { number: table.number, moment: table.nowrap, soft: table.soft }
