import { stripVTControlCharacters } from 'node:util'
import pc from 'picocolors'
import { widthOf } from './table.ts'

const LONGEST = 40
const SHORTEST = 5
const GAP = 2
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/**
 * A table with a bar beside each row where the terminal has room for one; bars give way to numbers.
 *
 * @param lines the head first
 * @param shares from 0 to 1, of each row
 */
export function barredLines(
  lines: readonly string[],
  shares: readonly number[],
  width: number,
): readonly string[] {
  const widths = lines.map((line) => widthOf(stripVTControlCharacters(line)))
  const table = Math.max(...widths)
  const longest = Math.min(LONGEST, width - table - GAP)
  if (longest < SHORTEST) return lines
  return lines.map((line, i) => {
    const share = shares[i - 1]
    if (share === undefined) return line
    return `${line}${' '.repeat(table - (widths[i] ?? 0) + GAP)}${barOf(share, longest)}`
  })
}

/** To an eighth of a sign; what there is some of shows. */
function barOf(share: number, longest: number): string {
  const eighths = Math.max(share > 0 ? 1 : 0, Math.round(share * longest * 8))
  return pc.cyan('█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? ''))
}
