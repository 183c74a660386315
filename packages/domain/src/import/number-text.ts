/** How a column writes fractions: `1,234.50` after a point, `1.234,50` after a comma; null: nothing in it shows which. */
export type DecimalMark = 'point' | 'comma' | null

/** Cells that say that there is no number, in any case. */
const NONE: ReadonlySet<string> = new Set([
  '',
  '-',
  '--',
  '—',
  '–',
  'nan',
  'null',
  'none',
  'nil',
  'n/a',
  'na',
  '#n/a',
  '\\n',
  'undefined',
])

export function saysNoNumber(text: string): boolean {
  return NONE.has(text.trim().toLowerCase())
}

/**
 * Digits with or without separators, without sign or currency: `1234.5`, `1,234.50`, `1 234,50`, `1'234`, `1,23,456`.
 * What can be read in one way only is read so, whatever the column does: `12,50` is no 1250.
 *
 * @param mark settles what can be read in both ways: `1.000` is 1 or 1000
 * @returns null: no number; 'ambiguous': two numbers, and `mark` is null
 */
export function readDigits(text: string, mark: DecimalMark): number | 'ambiguous' | null {
  const point = readingOf(text, 'point')
  const comma = readingOf(text, 'comma')
  if (point === null || comma === null) return point ?? comma
  if (point === comma) return point
  if (mark === null) return 'ambiguous'
  return mark === 'point' ? point : comma
}

/** Which mark is the only one that a number can be read with. */
export function markShown(text: string): 'point' | 'comma' | 'either' | null {
  const point = readingOf(text, 'point')
  const comma = readingOf(text, 'comma')
  if (point === null) return comma === null ? null : 'comma'
  if (comma === null) return 'point'
  return point === comma ? null : 'either'
}

const BARE = /^\d+$/
const FORMS = {
  point: /^(?:\d+|[1-9]\d{0,2}(?:([,' ])\d{3})(?:\1\d{3})*|[1-9]\d?(?:,\d{2})+,\d{3})?(?:\.\d*)?$/,
  comma: /^(?:\d+|[1-9]\d{0,2}(?:([.' ])\d{3})(?:\1\d{3})*)?(?:,\d*)?$/,
}

function readingOf(text: string, mark: 'point' | 'comma'): number | null {
  if (BARE.test(text)) return Number(text)
  if (!FORMS[mark].test(text) || !/\d/.test(text)) return null
  return Number(
    mark === 'point' ? text.replace(/[,' ]/g, '') : text.replace(/[.' ]/g, '').replace(',', '.'),
  )
}
