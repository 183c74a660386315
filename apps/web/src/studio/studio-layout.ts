import { blueprintLines, cardsOf, inOrder, type MapDocument } from '@parcurs/domain'

/** A column: a step, or the place where the first step of a stage will stand. */
export interface StudioColumn {
  readonly stage: string
  readonly step: string | null
}

export type StudioRow =
  | { readonly kind: 'stages' }
  | { readonly kind: 'steps' }
  | {
      readonly kind: 'lane'
      readonly id: string
      readonly line: ReturnType<typeof blueprintLines>[number]
    }

/** Where the one Tab stop stands; column −1 is the rail with the titles of lanes. */
export interface StudioPlace {
  readonly row: number
  readonly column: number
}

/** What stands at a place, and what is edited there. */
export type StudioThing =
  | { readonly kind: 'stage'; readonly id: string }
  | { readonly kind: 'step'; readonly id: string }
  | { readonly kind: 'lane'; readonly id: string }
  | { readonly kind: 'cell'; readonly lane: string; readonly step: string }
  /** A stage without steps, where one may be put. */
  | { readonly kind: 'gap'; readonly stage: string }

export function studioColumns(document: MapDocument): readonly StudioColumn[] {
  const steps = inOrder(document.steps)
  return inOrder(document.stages).flatMap(([stage]): readonly StudioColumn[] => {
    const inside = steps.flatMap(([step, row]) => (row.stage === stage ? [{ stage, step }] : []))
    return inside.length === 0 ? [{ stage, step: null }] : inside
  })
}

export function studioRows(document: MapDocument): readonly StudioRow[] {
  const lanes = inOrder(document.lanes)
  const lines = blueprintLines(lanes.map(([, { role }]) => role))
  return [
    { kind: 'stages' },
    { kind: 'steps' },
    ...lanes.map(([id], i): StudioRow => ({ kind: 'lane', id, line: lines[i] ?? null })),
  ]
}

/** null: nothing can be edited there. */
export function thingAt(
  rows: readonly StudioRow[],
  columns: readonly StudioColumn[],
  { row, column }: StudioPlace,
): StudioThing | null {
  const of = rows[row]
  const at = columns[column]
  if (of === undefined) return null
  if (column === -1) return of.kind === 'lane' ? { kind: 'lane', id: of.id } : null
  if (at === undefined) return null
  if (of.kind === 'stages') return { kind: 'stage', id: at.stage }
  if (at.step === null) return { kind: 'gap', stage: at.stage }
  return of.kind === 'steps'
    ? { kind: 'step', id: at.step }
    : { kind: 'cell', lane: of.id, step: at.step }
}

/** The place that a key leads to; null: the key means nothing here. Along the stages one key is one stage. */
export function placeBy(
  key: string,
  ctrl: boolean,
  rows: readonly StudioRow[],
  columns: readonly StudioColumn[],
  at: StudioPlace,
): StudioPlace | null {
  const to = (row: number, column: number): StudioPlace => {
    const inRow = Math.max(0, Math.min(rows.length - 1, row))
    const first = rows[inRow]?.kind === 'lane' ? -1 : 0
    return { row: inRow, column: Math.max(first, Math.min(columns.length - 1, column)) }
  }
  const beside = (by: 1 | -1) => {
    if (rows[at.row]?.kind !== 'stages') return at.column + by
    const stage = columns[at.column]?.stage
    let column = at.column
    while (columns[column]?.stage === stage && column >= 0 && column < columns.length) column += by
    if (column < 0 || column >= columns.length) return at.column
    // The first column of the stage that was come to.
    return columns.findIndex((one) => one.stage === columns[column]?.stage)
  }
  switch (key) {
    case 'ArrowRight':
      return to(at.row, beside(1))
    case 'ArrowLeft':
      return to(at.row, beside(-1))
    case 'ArrowDown':
      return to(at.row + 1, at.column)
    case 'ArrowUp':
      return to(at.row - 1, at.column)
    case 'Home':
      return to(ctrl ? 0 : at.row, 0)
    case 'End':
      return to(ctrl ? rows.length - 1 : at.row, columns.length - 1)
    default:
      return null
  }
}

/** The text that is edited at a place: of a cell that of its first card. */
export function textOf(document: MapDocument, thing: StudioThing): string {
  switch (thing.kind) {
    case 'stage':
      return document.stages[thing.id]?.name ?? ''
    case 'step':
      return document.steps[thing.id]?.name ?? ''
    case 'lane':
      return document.lanes[thing.id]?.title ?? ''
    case 'cell': {
      const first = cardsOf(document, thing)[0]
      return first === undefined ? '' : (document.cards[first.id]?.text ?? '')
    }
    case 'gap':
      return ''
  }
}

/** Cells as a spreadsheet copies them: rows by line ends, cells by tabs, quotes around what holds either. */
export function cellsOf(pasted: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const end = () => {
    rows.at(-1)?.push(cell)
    cell = ''
  }
  for (let i = 0; i < pasted.length; i++) {
    const sign = pasted.charAt(i)
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (pasted.charAt(i + 1) === '"') {
        cell += '"'
        i++
      } else quoted = false
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === '\t') end()
    else if (sign === '\n') {
      end()
      rows.push([])
    } else if (sign !== '\r') cell += sign
  }
  end()
  const last = rows.at(-1)
  return last?.length === 1 && last[0] === '' && rows.length > 1 ? rows.slice(0, -1) : rows
}
