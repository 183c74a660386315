import {
  cutRow,
  type MapChange,
  type MapDocument,
  moveRow,
  moveStep,
  pasteCards,
  putCard,
  putStep,
  setFields,
  cardsByCell,
  cardsOf,
} from '@parcurs/domain'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import { CardCell } from './card-cell.tsx'
import { LaneTitle } from './lane-title.tsx'
import { CellEditor, type Leaving } from './cell-editor.tsx'
import {
  cellsOf,
  placeBy,
  type StudioColumn,
  type StudioPlace,
  type StudioThing,
  studioColumns,
  studioRows,
  textOf,
  thingAt,
} from './studio-layout.ts'
import styles from './studio-grid.module.css'

export interface StudioGridProps {
  readonly document: MapDocument
  /** What goes between the names of the steps and the lanes: their numbers, one node a row. */
  readonly numbers: (columns: readonly StudioColumn[]) => ReactNode
  readonly place: StudioPlace
  readonly onPlace: (place: StudioPlace) => void
  readonly onDo: (changes: readonly MapChange[]) => void
  readonly onLeftOut: (count: number) => void
  readonly onUndo: () => void
  readonly onRedo: () => void
}

interface Typing {
  readonly place: StudioPlace
  /** The card that is written; null: what else stands there, or a new card. */
  readonly card: string | null
  readonly text: string
  /** A key began it in the place of what stood there. */
  readonly fresh: boolean
}

const newId = () => crypto.randomUUID()

/** The map while it is drawn: one Tab stop, arrows move, Enter and typing edit. */
export function StudioGrid(props: StudioGridProps) {
  const { document: drawn, place, onPlace, onDo } = props
  const { t } = useTranslation()
  const names = useOwnNames()
  const grid = useRef<HTMLDivElement>(null)
  const [typing, setTyping] = useState<Typing | null>(null)
  const rows = studioRows(drawn)
  const columns = studioColumns(drawn)
  const cards = useMemo(() => cardsByCell(drawn), [drawn])
  const thing = thingAt(rows, columns, place)

  const focus = (at: StudioPlace) => {
    onPlace(at)
    // After it is drawn: the cell may have come with this gesture.
    requestAnimationFrame(() =>
      grid.current?.querySelector<HTMLElement>(`[data-place="${at.row}:${at.column}"]`)?.focus(),
    )
  }
  const type = (at: StudioPlace, card: string | null, text: string, fresh = false) => {
    onPlace(at)
    setTyping({ place: at, card, text, fresh })
  }
  const write = (at: StudioPlace) => {
    const there = thingAt(rows, columns, at)
    if (there === null) return
    const card = there.kind === 'cell' ? (cardsOf(drawn, there)[0]?.id ?? null) : null
    type(at, card, names.name(textOf(drawn, there)))
  }

  /** Keeps what was typed; then goes where the key that ended it leads. */
  const leave = (how: Leaving, text: string) => {
    if (typing === null) return
    const { place: at, card, text: before, fresh } = typing
    setTyping(null)
    const there = thingAt(rows, columns, at)
    if (how === 'cancelled' || there === null) {
      if (how !== 'left') focus(at)
      return
    }
    // A name that the program gave is shown in the reader's language: left as it is, it stays as it is stored.
    if (fresh || text !== before) onDo(kept(drawn, there, card, text))
    if (how === 'left') return
    if (how === 'kept') return focus(at)
    const next = { row: at.row, column: at.column + (how === 'next' ? 1 : -1) }
    const behind = columns[at.column]
    if (how === 'next' && rows[at.row]?.kind === 'steps' && next.column >= columns.length) {
      if (behind !== undefined && behind.step !== null) {
        onDo(putStep(drawn, newId(), behind.stage, Number.POSITIVE_INFINITY))
      }
      onPlace(next)
      setTyping({ place: next, card: null, text: '', fresh: true })
      return
    }
    const to = placeBy(how === 'next' ? 'ArrowRight' : 'ArrowLeft', false, rows, columns, at)
    focus(to ?? at)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (typing !== null || event.nativeEvent.isComposing) return
    const command = event.ctrlKey || event.metaKey
    const key = event.key.toLowerCase()
    if (command && key === 'z') {
      event.preventDefault()
      return event.shiftKey ? props.onRedo() : props.onUndo()
    }
    if (command && key === 'y') {
      event.preventDefault()
      return props.onRedo()
    }
    if (event.altKey && thing !== null) {
      const changes = movedBy(drawn, thing, event.key)
      if (changes === null) return
      event.preventDefault()
      onDo(changes)
      return followThing(thing, changes)
    }
    if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault()
      return write(place)
    }
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      if (thing !== null) onDo(cleared(drawn, thing))
      const left = Math.max(thing?.kind === 'cell' ? place.column : place.column - 1, 0)
      return focus(
        thing?.kind === 'lane' ? { row: place.row - 1, column: 0 } : { ...place, column: left },
      )
    }
    const next =
      command && !['Home', 'End'].includes(event.key)
        ? null
        : placeBy(event.key, event.ctrlKey, rows, columns, place)
    if (next !== null) {
      event.preventDefault()
      return focus(next)
    }
    if (!command && Array.from(event.key).length === 1 && event.key !== ' ' && thing !== null) {
      event.preventDefault()
      type(place, null, event.key, true)
    }
  }
  /** After a step or lane moved, the focus goes with it. */
  const followThing = (moved: StudioThing, changes: readonly MapChange[]) => {
    if (changes.length === 0) return
    requestAnimationFrame(() => {
      const id = moved.kind === 'cell' || moved.kind === 'gap' ? null : moved.id
      const cell = grid.current?.querySelector<HTMLElement>(`[data-thing="${id}"]`)
      const at = cell === null || cell === undefined ? null : placeOf(cell)
      if (at !== null) focus(at)
    })
  }
  const onPaste = (event: ClipboardEvent) => {
    if (typing !== null || thing?.kind !== 'cell') return
    const text = event.clipboardData.getData('text/plain')
    if (text === '') return
    event.preventDefault()
    const steps = columns.slice(place.column).flatMap(({ step }) => step ?? [])
    const lanes = rows.slice(place.row).flatMap((row) => (row.kind === 'lane' ? [row.id] : []))
    const { changes, leftOut } = pasteCards(drawn, steps, lanes, cellsOf(text), newId)
    onDo(changes)
    props.onLeftOut(leftOut)
  }
  const open = (target: EventTarget, andWrite: boolean) => {
    const at = placeOf(target)
    if (at === null) return
    const card = target instanceof Element ? target.closest<HTMLElement>('[data-card]') : null
    const id = card?.dataset['card']
    if (andWrite && id !== undefined) type(at, id, drawn.cards[id]?.text ?? '')
    else if (andWrite) write(at)
    else onPlace(at)
  }
  /** Wherever the focus came from, keys mean the cell that has it. */
  const follow = (target: EventTarget) => {
    const at = placeOf(target)
    if (at !== null && (at.row !== place.row || at.column !== place.column)) onPlace(at)
  }

  const cellProps = (row: number, column: number, id: string | null) => ({
    'data-place': `${row}:${column}`,
    'data-thing': id ?? undefined,
    'data-here': place.row === row && place.column === column,
    tabIndex: place.row === row && place.column === column ? 0 : -1,
  })
  const editor = (row: number, column: number) =>
    typing !== null && typing.place.row === row && typing.place.column === column ? (
      <CellEditor
        text={typing.text}
        label={t(rows[row]?.kind === 'lane' && column >= 0 ? 'studio.card' : 'studio.name')}
        most={rows[row]?.kind === 'lane' && column >= 0 ? 10_000 : 200}
        onLeave={leave}
      />
    ) : null
  const name = (text: string) =>
    text === '' ? <span className={styles.unnamed}>{t('studio.unnamed')}</span> : names.name(text)

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={t('studio.grid')}
      className={styles.grid}
      onKeyDown={onKeyDown}
      onFocus={(event) => follow(event.target)}
      onPaste={onPaste}
      onClick={(event) => open(event.target, false)}
      onDoubleClick={(event) => open(event.target, true)}
    >
      <div className={styles.head}>
        <div role="row" className={styles.row}>
          <div role="columnheader" className={styles.corner} />
          {stagesIn(columns).map(({ stage, column, span }) => (
            <div
              key={stage}
              role="columnheader"
              aria-colspan={span}
              className={styles.stage}
              style={{ '--span': span }}
              {...cellProps(0, column, stage)}
            >
              {editor(0, column) ?? (
                <span className={styles.stageName}>{name(drawn.stages[stage]?.name ?? '')}</span>
              )}
            </div>
          ))}
        </div>
        <div role="row" className={styles.row}>
          <div role="columnheader" className={styles.corner} />
          {columns.map(({ step, stage }, column) => (
            <div
              key={step ?? `gap-${stage}`}
              role="columnheader"
              className={styles.step}
              data-first={columns[column - 1]?.stage !== stage}
              {...cellProps(1, column, step)}
            >
              {editor(1, column) ??
                (step === null ? (
                  <span className={styles.gap}>{t('studio.addStep')}</span>
                ) : (
                  name(drawn.steps[step]?.name ?? '')
                ))}
            </div>
          ))}
        </div>
      </div>
      {props.numbers(columns)}
      {rows.map((row, r) =>
        row.kind !== 'lane' ? null : (
          <div key={row.id} role="row" className={styles.row} data-line={row.line ?? undefined}>
            <div role="rowheader" className={styles.rail} {...cellProps(r, -1, row.id)}>
              {row.line !== null && (
                <span className={styles.line}>{t(`blueprint.${row.line}`)}</span>
              )}
              {editor(r, -1) ?? <LaneTitle document={drawn} lane={row.id} />}
            </div>
            {columns.map(({ step, stage }, column) => (
              <div
                key={step ?? `gap-${stage}`}
                role="gridcell"
                className={styles.cell}
                data-first={columns[column - 1]?.stage !== stage}
                {...cellProps(r, column, null)}
              >
                {step !== null && (
                  <CardCell
                    cards={cards({ step, lane: row.id })}
                    typed={
                      typing?.place.row === r && typing.place.column === column
                        ? typing.card
                        : undefined
                    }
                    editor={editor(r, column)}
                  />
                )}
              </div>
            ))}
          </div>
        ),
      )}
    </div>
  )
}

/** The place of the cell around an element; null: it stands in none. */
function placeOf(target: EventTarget): StudioPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null
  const [row, column] = (cell?.dataset['place'] ?? '').split(':').map(Number)
  return row === undefined || column === undefined ? null : { row, column }
}

/** What was typed, as changes; an emptied card goes. */
function kept(
  drawn: MapDocument,
  thing: StudioThing,
  card: string | null,
  text: string,
): readonly MapChange[] {
  const said = thing.kind === 'cell' ? text : text.replaceAll(/\s+/g, ' ').trim()
  switch (thing.kind) {
    case 'stage':
      return setFields(drawn, 'stages', thing.id, { name: said })
    case 'step':
      return setFields(drawn, 'steps', thing.id, { name: said })
    case 'lane':
      return setFields(drawn, 'lanes', thing.id, { title: said })
    case 'gap':
      return said === '' ? [] : putStep(drawn, newId(), thing.stage, 0, said)
    case 'cell':
      if (card === null) return said.trim() === '' ? [] : putCard(drawn, newId(), thing, said)
      return said.trim() === ''
        ? cutRow(drawn, 'cards', card)
        : setFields(drawn, 'cards', card, { text: said })
  }
}

/** What Alt and an arrow move; null: the key moves nothing here. */
function movedBy(drawn: MapDocument, thing: StudioThing, key: string): readonly MapChange[] | null {
  const across = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : null
  const down = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : null
  if (thing.kind === 'step' && across !== null) return moveStep(drawn, thing.id, across)
  if (thing.kind === 'stage' && across !== null) return moveRow(drawn, 'stages', thing.id, across)
  if (thing.kind === 'lane' && down !== null) return moveRow(drawn, 'lanes', thing.id, down)
  return null
}

function cleared(drawn: MapDocument, thing: StudioThing): readonly MapChange[] {
  switch (thing.kind) {
    case 'stage':
      return cutRow(drawn, 'stages', thing.id)
    case 'step':
      return cutRow(drawn, 'steps', thing.id)
    case 'lane':
      return cutRow(drawn, 'lanes', thing.id)
    case 'cell':
      return cardsOf(drawn, thing).flatMap(({ id }) => cutRow(drawn, 'cards', id))
    case 'gap':
      return []
  }
}

/** Each stage with its first column and how many it has. */
function stagesIn(columns: readonly StudioColumn[]) {
  return columns.flatMap(({ stage }, column) =>
    columns[column - 1]?.stage === stage
      ? []
      : [{ stage, column, span: columns.filter((one) => one.stage === stage).length }],
  )
}
