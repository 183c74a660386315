import { type ExportRow, type ExportSettings, firstOf, instantOf } from './unfolded.ts'

/** When a ticket was solved. */
export interface Solved {
  /** null: it cannot be read. */
  readonly timeMs: number | null
  /** Which column says it, where none is made for it. */
  readonly said: Readonly<Record<string, string>>
}

const DONE =
  /^(solved|closed|resolved|done|completed?|rezolvat|решен[ао]?|закрыт[ао]?|已解决|已关闭)$/i

/**
 * By the column that says so; else, of a ticket whose status is solved, when it was changed last, with the column that
 * was taken. null: not solved, or nothing says when.
 */
export function solvedAt(
  row: ExportRow,
  when: ExportSettings,
  columns: {
    readonly solved: readonly string[]
    readonly status: readonly string[]
    readonly changed: readonly string[]
  },
): Solved | null {
  const text = firstOf(row, columns.solved)
  if (text !== '') return { timeMs: instantOf(text, when), said: {} }
  if (!columns.status.some((name) => DONE.test((row[name] ?? '').trim()))) return null
  const column = columns.changed.find((name) => row[name] !== undefined)
  return column === undefined
    ? null
    : { timeMs: instantOf(row[column], when), said: { solved_time_from: column } }
}
