import { SearchX } from 'lucide-react'
import { type ReactNode, useDeferredValue, useMemo, useReducer, useState } from 'react'
import { useSpokenLanguage } from '../languages/words.ts'
import { useTranslation } from '../languages/translation.ts'
import { type Asked, answerIn } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Shown } from '../ui/shown.tsx'
import type { Column } from './column.ts'
import { type BulkAction, ListBulk } from './list-bulk.tsx'
import { ListBar } from './list-bar.tsx'
import { changeList, FIRST_STATE, pageOf, rowsShown } from './list-state.ts'
import { ListPager } from './list-pager.tsx'
import { ListTable } from './list-table.tsx'
import styles from './list.module.css'
import { useColumns } from './use-columns.ts'

export interface ListProps<Row> {
  /** Under which the chosen columns are remembered; also the name of the CSV. */
  readonly name: string
  /** What the rows are, for those who do not see the page around. */
  readonly label: string
  readonly asked: Asked<readonly Row[]>
  readonly rowId: (row: Row) => string
  readonly columns: readonly Column<Row>[]
  /** What is shown when there are no rows at all. */
  readonly empty: ReactNode
  /** Where the server searches, because not every row is here; absent: the list searches itself. */
  readonly search?: {
    readonly label: string
    readonly hint: string
    readonly typed: string
    readonly onSearch: (typed: string) => void
  }
  /** More to narrow by, before the filters. */
  readonly narrowing?: ReactNode
  /** What can be done to several rows at once. */
  readonly bulk?: readonly BulkAction<Row>[]
  /** The row that is open beside the list. */
  readonly opened?: string | undefined
  /** Said under the rows: that there are more than are listed. */
  readonly note?: string | null
}

/** Rows of one kind, with the habits that all lists have: search, order, filters, columns, pages, CSV, keys, several at once. */
export function List<Row>(props: ListProps<Row>) {
  const { rowId, columns } = props
  const { t } = useTranslation()
  const language = useSpokenLanguage()
  const [state, change] = useReducer(changeList, FIRST_STATE)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const { shown: shownColumns, hidden, toggle } = useColumns(props.name, columns)
  const all = answerIn(props.asked)
  // Typing stays quick in a long list: the rows follow.
  const looked = useDeferredValue(state)
  const found = useMemo(
    () => (all === null ? [] : rowsShown(all, columns, looked, language)),
    [all, columns, looked, language],
  )
  const page = pageOf(found, looked.page)
  const selected = found.filter((row) => chosen.has(rowId(row)))
  const none = all !== null && all.length === 0 && props.search?.typed === undefined
  return (
    <div className={styles.list}>
      {!none && (
        <ListBar
          name={props.name}
          rows={all ?? []}
          found={found}
          columns={columns}
          shownColumns={shownColumns}
          hidden={hidden}
          onToggle={toggle}
          state={state}
          onChange={change}
          search={props.search}
          narrowing={props.narrowing}
        />
      )}
      {props.bulk !== undefined && selected.length > 0 && (
        <ListBulk rows={selected} actions={props.bulk} onDone={() => setChosen(new Set())} />
      )}
      <Shown asked={props.asked}>
        {(rows) =>
          rows.length === 0 ? (
            props.empty
          ) : found.length === 0 ? (
            <EmptyState
              level={2}
              icon={<SearchX size={24} />}
              title={t('lists.noneFit')}
              text={t('lists.noneFitText')}
            >
              <Button onPress={() => change({ kind: 'everything' })}>
                {t('lists.everything')}
              </Button>
            </EmptyState>
          ) : (
            <>
              <ListTable
                label={props.label}
                columns={shownColumns}
                rows={page.rows}
                rowId={rowId}
                sort={state.sort}
                onSort={(column) => change({ kind: 'sort', column })}
                selection={
                  props.bulk === undefined || props.bulk.length === 0
                    ? null
                    : { chosen, onChoose: setChosen }
                }
                opened={props.opened}
              />
              <ListPager
                {...page}
                all={found.length}
                note={props.note ?? null}
                onPage={(to) => change({ kind: 'page', page: to })}
              />
            </>
          )
        }
      </Shown>
    </div>
  )
}
