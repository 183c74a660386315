import { cellText } from './cell-text.ts'
import { readXml, RichText, type Sheet, unescaped, type Workbook } from './workbook.ts'
import { ArchiveRefused } from './zip-file.ts'

export interface SheetCsv {
  /** Rows with something in them. */
  readonly rows: number
  /** Formulas whose values the file does not hold. */
  readonly unsaved: number
}

const COLUMNS_LIMIT = 16_384
const ROWS_LIMIT = 1_048_576
const ROW_CHARS_LIMIT = 16_777_216
const PIECE_CHARS = 1_000_000

/**
 * A sheet as CSV, in UTF-8 and by commas; the row 7 of the sheet is the line 7 where no cell holds a line end.
 *
 * @param write takes the text piece by piece, and is waited for
 * @throws ArchiveRefused
 */
export async function sheetCsv(
  { file }: Sheet,
  { styles, strings, system }: Workbook,
  write: (text: string) => void,
): Promise<SheetCsv> {
  let rows = 0
  let unsaved = 0
  let line = 0
  let piece = ''
  let cells: string[] = []
  let row = 0
  let column = -1
  let rowChars = 0
  let type = 'n'
  let style = 0
  let value: string | null = null
  let formula = false
  let inValue = false
  const text = new RichText()

  const cell = (): string => {
    if (type === 'inlineStr') return text.whole()
    if (value === null) {
      if (formula) unsaved++
      return ''
    }
    if (type === 's') return strings[Number(value)] ?? ''
    if (type === 'b') return value === '1' || value === 'true' ? 'TRUE' : 'FALSE'
    if (type === 'n' || type === '') {
      return cellText(value, styles[style] ?? { kind: 'number' }, system)
    }
    return unescaped(value)
  }
  const finish = () => {
    while (cells.at(-1) === '') cells.pop()
    if (cells.length > 0) {
      piece += '\n'.repeat(Math.max(0, row - 1 - line))
      line = Math.max(line, row - 1) + 1
      piece += `${Array.from(cells, (one) => quoted(one ?? '')).join(',')}\n`
      rows++
    }
    cells = []
    if (piece.length > PIECE_CHARS) {
      write(piece)
      piece = ''
    }
  }

  await readXml(file, {
    open: (name, attributes) => {
      if (name === 'row') {
        const said = Number(attributes['r'])
        row = Number.isInteger(said) && said > row ? said : row + 1
        if (row > ROWS_LIMIT) throw new ArchiveRefused(`'${file.name}' has a row ${row}`)
        column = -1
        rowChars = 0
      } else if (name === 'c') {
        const { r = '', t = 'n', s = '0' } = attributes
        column = columnOf(r) ?? column + 1
        if (column >= COLUMNS_LIMIT) throw new ArchiveRefused(`'${file.name}' has a cell ${r}`)
        type = t
        style = Number(s)
        value = null
        formula = false
      } else if (name === 'v') {
        value = ''
        inValue = true
      } else if (name === 'f') formula = true
      else text.open(name)
    },
    text: (said) => {
      if (inValue) value += said
      else text.take(said)
    },
    close: (name) => {
      if (name === 'v') inValue = false
      else if (name === 'c') {
        const said = cell()
        rowChars += said.length
        if (rowChars > ROW_CHARS_LIMIT) throw new ArchiveRefused(`its row ${row} is too long`)
        if (said !== '') {
          while (cells.length < column) cells.push('')
          cells[column] = said
        }
      } else if (name === 'row') finish()
      else text.close(name)
    },
  })
  if (piece !== '') write(piece)
  return { rows, unsaved }
}

/** `AB12` is in the column 27; null: no cell is named. */
function columnOf(reference: string): number | null {
  let column = 0
  let at = 0
  for (; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return at === 0 ? null : column - 1
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
