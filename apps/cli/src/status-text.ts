import type { LogStatus } from '@parcurs/contract'
import { countText } from './number-text.ts'
import { type Column, tableLines } from './table.ts'

type Reader = LogStatus['readers'][number]

const COLUMNS: readonly Column<Reader>[] = [
  { head: 'reader', align: 'left', cell: ({ name }) => name },
  { head: 'events behind', align: 'right', cell: ({ behindEvents }) => countText(behindEvents) },
  { head: 'waiting', align: 'right', cell: ({ behindMs }) => durationText(behindMs) },
  {
    head: 'read up to',
    align: 'left',
    cell: ({ readMarkMs }) => (readMarkMs === 0 ? '–' : new Date(readMarkMs).toISOString()),
  },
  {
    head: 'problem',
    align: 'left',
    cell: ({ problem }) =>
      problem === null
        ? ''
        : `${problem.detail} (${problem.attempts}× since ${new Date(problem.sinceMs).toISOString()})`,
  },
]

/** The log of one workspace for the terminal. */
export function statusLines(
  workspace: string,
  { events, commit, fold, readers }: LogStatus,
  nowMs: number,
  width: number,
): readonly string[] {
  const folded =
    fold === null
      ? 'journeys were never folded'
      : `journeys folded ${durationText(Math.max(0, nowMs - fold.foldedMs))} ago, ${countText(fold.eventsBeyond)} events since`
  return [
    `${workspace}: ${countText(events)} events, commit ${commit}, ${folded}`,
    ...(readers.length === 0 ? ['no reader follows the log'] : tableLines(readers, COLUMNS, width)),
  ]
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

function durationText(ms: number): string {
  for (const [unit, size] of UNITS) if (ms >= size) return `${Math.floor(ms / size)} ${unit}`
  return `${ms} ms`
}
