import type { savedSegment, segmentExplanation, segmentSize } from '@parcurs/contract'
import pc from 'picocolors'
import type { z } from 'zod'
import { countText, shareText } from './number-text.ts'
import { type Column, tableLines, terminalWidth } from './table.ts'

type Listed = Omit<z.output<typeof savedSegment>, 'size'> & {
  readonly size: Pick<z.output<typeof segmentSize>, 'customers' | 'share'>
}

/** Each with its sentence below. */
export function segmentLines(
  rows: readonly Listed[],
  say: (segment: Listed) => string,
  width = terminalWidth(),
): readonly string[] {
  const columns: readonly Column<Listed>[] = [
    { head: 'segment', cell: ({ name }) => name, align: 'left' },
    { head: 'customers', cell: ({ size }) => countText(size.customers), align: 'right' },
    { head: 'share', cell: ({ size }) => shareText(size.share), align: 'right' },
    { head: 'kind', cell: ({ fixed }) => (fixed ? 'list' : 'rule'), align: 'left' },
    {
      head: 'watched',
      cell: ({ watch }) => (watch.state === 'off' ? '' : watch.state),
      align: 'left',
    },
  ]
  const [head = '', ...lines] = tableLines(rows, columns, width)
  return [
    head,
    ...rows.flatMap((row, i) => [lines[i] ?? '', ...(row.fixed ? [] : [sentenceLine(say(row))])]),
  ]
}

/** Whole, however long: a terminal breaks its lines itself. */
export function sentenceLine(sentence: string): string {
  return pc.dim(`  ${sentence}`)
}

type Explained = z.output<typeof segmentExplanation>

export function explanationLines(segment: string, explained: Explained): readonly string[] {
  const { label, member, parts, untilMs } = explained
  const until = untilMs === null ? '' : `, until ${instantText(untilMs)} at the earliest`
  return [
    `${pc.bold(label || explained.customer)} is ${member ? '' : 'not '}in ${pc.bold(segment)}${until}`,
    '',
    ...parts.map(({ place, kind, holds, untilMs: turnMs }) => {
      const depth = place.split('.rules[').length - 1
      const turns = turnMs === null ? '' : pc.dim(`  until ${instantText(turnMs)}`)
      return `${'  '.repeat(depth)}${holds ? '✓' : '·'} ${kind} ${pc.dim(place)}${turns}`
    }),
  ]
}

function instantText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}
