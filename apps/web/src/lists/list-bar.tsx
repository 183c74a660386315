import { Columns3, Download, Search } from 'lucide-react'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Button } from '../ui/button.tsx'
import { Check } from '../ui/check.tsx'
import { Choice } from '../ui/choice.tsx'
import { Pop } from '../ui/pop.tsx'
import type { Column } from './column.ts'
import type { ListProps } from './list.tsx'
import styles from './list-bar.module.css'
import { listCsv, saveCsv } from './list-csv.ts'
import { filterTexts, type ListChange, type ListState } from './list-state.ts'

/** While typing, the server is asked when the fingers rest. */
const REST_MS = 300

const ALL = '\u0000all'

/** Above the rows: what is looked for, which columns are shown, and the file of it. */
export function ListBar<Row>(props: {
  readonly name: string
  readonly rows: readonly Row[]
  readonly found: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly shownColumns: readonly Column<Row>[]
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (column: string) => void
  readonly state: ListState
  readonly onChange: (change: ListChange) => void
  readonly search: ListProps<Row>['search']
  readonly narrowing: ReactNode
}) {
  const { columns, state, onChange, search } = props
  const { t } = useTranslation()
  return (
    <div className={styles.bar} role="search">
      {search === undefined ? (
        <SearchField
          label={t('lists.search')}
          hint={t('lists.search')}
          typed={state.typed}
          onType={(typed) => onChange({ kind: 'type', typed })}
        />
      ) : (
        <RestedSearch key={search.typed} {...search} />
      )}
      {props.narrowing}
      {props.shownColumns
        .filter((column) => column.filter === true)
        .map((column) => (
          <Filter key={column.id} {...props} column={column} />
        ))}
      <span className={styles.grow} />
      <Pop label="" icon={<Columns3 size={16} aria-hidden="true" />} value={t('lists.columns')}>
        {() =>
          columns
            .filter(({ fixed }) => fixed !== true)
            .map((column) => (
              <Check
                key={column.id}
                label={column.title}
                value={!props.hidden.has(column.id)}
                onChange={() => props.onToggle(column.id)}
              />
            ))
        }
      </Pop>
      <Button
        kind="quiet"
        label={t('lists.csvLong')}
        disabled={props.found.length === 0}
        onPress={() => saveCsv(props.name, listCsv(props.shownColumns, props.found))}
      >
        <Download size={16} aria-hidden="true" />
        {t('lists.csv')}
      </Button>
    </div>
  )
}

function Filter<Row>(props: {
  readonly column: Column<Row>
  readonly rows: readonly Row[]
  readonly state: ListState
  readonly onChange: (change: ListChange) => void
}) {
  const { column, rows, state, onChange } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const texts = filterTexts(rows, column)
  const value = state.filters.get(column.id)
  if (texts.length < 2 && value === undefined) return null
  return (
    <Choice
      label={column.title}
      value={value ?? ALL}
      options={[
        { id: ALL, text: t('lists.all') },
        ...texts.map((found) => ({
          id: found.text,
          text: found.text === '' ? '—' : found.text,
          note: numbers.count(found.rows),
        })),
      ]}
      onChange={(id) =>
        onChange({ kind: 'filter', column: column.id, text: id === ALL ? null : id })
      }
    />
  )
}

function RestedSearch(props: {
  readonly label: string
  readonly hint: string
  readonly typed: string
  readonly onSearch: (typed: string) => void
}) {
  const { onSearch } = props
  const [typed, setTyped] = useState(props.typed)
  useEffect(() => {
    if (typed.trim() === props.typed) return
    const timer = setTimeout(() => onSearch(typed.trim()), REST_MS)
    return () => clearTimeout(timer)
  }, [typed, props.typed, onSearch])
  return <SearchField label={props.label} hint={props.hint} typed={typed} onType={setTyped} />
}

function SearchField(props: {
  readonly label: string
  readonly hint: string
  readonly typed: string
  readonly onType: (typed: string) => void
}) {
  const id = useId()
  return (
    <div className={styles.search}>
      <label htmlFor={id} className="visually-hidden">
        {props.label}
      </label>
      <Search size={16} aria-hidden="true" />
      <input
        id={id}
        type="search"
        autoComplete="off"
        placeholder={props.hint}
        value={props.typed}
        onChange={(event) => props.onType(event.target.value)}
      />
    </div>
  )
}
