import { ArrowDown, ArrowUp } from 'lucide-react'
import { type MouseEvent, useRef } from 'react'
import { useTranslation } from '../languages/translation.ts'
import type { Column } from './column.ts'
import type { ListState } from './list-state.ts'
import styles from './list-table.module.css'
import { useGridFocus } from './use-grid-focus.ts'
import { useNarrow } from './use-narrow.ts'

/** With less for each column a row is told one column below the other. */
const COLUMN_PX = 120

export interface Selection {
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (chosen: ReadonlySet<string>) => void
}

/** The rows of one page as a grid with one Tab stop: arrows move, Enter opens, Space chooses. */
export function ListTable<Row>(props: {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
  readonly sort: ListState['sort']
  readonly onSort: (column: string) => void
  /** null: nothing can be done to several rows. */
  readonly selection: Selection | null
  readonly opened: string | undefined
}) {
  const { columns, rows, rowId, selection } = props
  const { t } = useTranslation()
  const table = useRef<HTMLTableElement>(null)
  const keys = useGridFocus(table, rows.length, columns.length + (selection === null ? 0 : 1))
  const frame = useRef<HTMLDivElement>(null)
  const cards = useNarrow(frame, columns.length * COLUMN_PX)
  const ids = rows.map(rowId)
  const allChosen = selection !== null && ids.every((id) => selection.chosen.has(id))
  const choose = (some: readonly string[], chosen: boolean) => {
    const next = new Set(selection?.chosen)
    for (const id of some) {
      if (chosen) next.add(id)
      else next.delete(id)
    }
    selection?.onChoose(next)
  }
  return (
    <div ref={frame} className={styles.frame} data-cards={cards}>
      <table
        ref={table}
        role="grid"
        className={styles.table}
        aria-label={props.label}
        aria-multiselectable={selection === null ? undefined : true}
        {...keys}
      >
        <thead role="rowgroup">
          <tr role="row">
            {selection !== null && (
              <th scope="col" role="columnheader" className={styles.check}>
                <input
                  type="checkbox"
                  aria-label={t('lists.selectAll')}
                  checked={allChosen}
                  onChange={() => choose(ids, !allChosen)}
                />
              </th>
            )}
            {columns.map((column) => (
              <Title
                key={column.id}
                column={column}
                sort={props.sort?.column === column.id ? props.sort : null}
                onSort={() => props.onSort(column.id)}
              />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => {
            const id = rowId(row)
            const chosen = selection?.chosen.has(id)
            return (
              <tr
                key={id}
                role="row"
                aria-selected={chosen}
                data-opened={id === props.opened}
                onClick={openRow}
              >
                {selection !== null && (
                  <td role="gridcell" className={styles.check}>
                    <input
                      type="checkbox"
                      data-choose
                      aria-label={t('lists.select', { what: columns[0]?.text(row) ?? id })}
                      checked={chosen === true}
                      onChange={() => choose([id], chosen !== true)}
                    />
                  </td>
                )}
                {columns.map((column, i) => (
                  <td
                    key={column.id}
                    role="gridcell"
                    data-title={column.title}
                    data-kind={column.kind ?? 'text'}
                    data-name={i === 0}
                  >
                    {column.cell === undefined ? column.text(row) : column.cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Title<Row>(props: {
  readonly column: Column<Row>
  readonly sort: ListState['sort']
  readonly onSort: () => void
}) {
  const { column, sort } = props
  return (
    <th
      scope="col"
      role="columnheader"
      data-kind={column.kind ?? 'text'}
      aria-sort={sort === null ? 'none' : sort.descending ? 'descending' : 'ascending'}
    >
      <button type="button" className={styles.title} onClick={props.onSort}>
        {column.title}
        {sort?.descending === true ? (
          <ArrowDown size={12} aria-hidden="true" />
        ) : (
          <ArrowUp size={12} aria-hidden="true" data-idle={sort === null} />
        )}
      </button>
    </th>
  )
}

/** A press anywhere on a row does what its name does, unless it was meant for something else or marks text. */
function openRow(event: MouseEvent<HTMLTableRowElement>): void {
  const { target, currentTarget } = event
  const own = target instanceof Element && target.closest('a, button, input, summary, label')
  if (own || getSelection()?.isCollapsed === false) return
  currentTarget.querySelector<HTMLElement>('[data-name="true"] :is(a, button)')?.click()
}
