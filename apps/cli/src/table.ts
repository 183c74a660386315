import pc from 'picocolors'

export interface Column<Row> {
  readonly head: string
  readonly cell: (row: Row) => string
  /** Text to the left (may be shortened), numbers to the right. */
  readonly align: 'left' | 'right'
}

const GAP = '  '
const SHORTEST = 8

/** Lines of an aligned table. Text columns give way, widest first, until a line fits. */
export function tableLines<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number,
): readonly string[] {
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)))
  const widths = columns.map(({ head }, i) =>
    Math.max(widthOf(head), ...cells.map((row) => widthOf(row[i] ?? ''))),
  )
  const total = (): number => widths.reduce((sum, n) => sum + n, GAP.length * (widths.length - 1))
  while (total() > width) {
    const widest = widestText(widths, columns)
    if (widest < 0) break
    widths[widest] = Math.max(SHORTEST, (widths[widest] ?? 0) - (total() - width))
  }
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => padded(cell, widths[i] ?? 0, columns[i]?.align ?? 'left'))
      .join(GAP)
      .trimEnd()
  return [pc.dim(line(columns.map(({ head }) => head))), ...cells.map(line)]
}

/** Text is not shortened below this before a column is left out. */
const READABLE = 18

/** The columns that fit in a narrow terminal: those that can be spared go first, in the order given. */
export function fittingColumns<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  spare: readonly string[],
  width: number,
): readonly Column<Row>[] {
  const wide = ({ head, cell, align }: Column<Row>): number => {
    const widest = Math.max(widthOf(head), ...rows.map((row) => widthOf(cell(row))))
    return align === 'left' ? Math.min(widest, READABLE) : widest
  }
  let kept = columns
  for (const head of spare) {
    const total = kept.reduce((sum, column) => sum + wide(column) + GAP.length, -GAP.length)
    if (total <= width) break
    kept = kept.filter((column) => column.head !== head)
  }
  return kept
}

function widestText<Row>(widths: readonly number[], columns: readonly Column<Row>[]): number {
  let widest = -1
  widths.forEach((n, i) => {
    if (columns[i]?.align !== 'left' || n <= SHORTEST) return
    if (widest < 0 || n > (widths[widest] ?? 0)) widest = i
  })
  return widest
}

function padded(cell: string, width: number, align: 'left' | 'right'): string {
  const length = widthOf(cell)
  if (length > width) return shortened(cell, width)
  const blank = ' '.repeat(width - length)
  return align === 'left' ? cell + blank : blank + cell
}

function shortened(text: string, width: number): string {
  let kept = ''
  for (const sign of text) {
    if (widthOf(kept + sign) > width - 1) break
    kept += sign
  }
  return `${kept}…${' '.repeat(Math.max(0, width - 1 - widthOf(kept)))}`
}

// Chinese, Japanese and Korean signs take two columns of a terminal.
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u

export function widthOf(text: string): number {
  let width = 0
  for (const sign of text) width += WIDE.test(sign) ? 2 : 1
  return width
}

export function terminalWidth(): number {
  return process.stdout.columns ?? 100
}
