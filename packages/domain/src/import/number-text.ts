/**
 * Money as people write it: `35.79`, `-2`, `1,234.50`, `£40.00`, `(12.50)` for a negative, `1e3`.
 * @param decimalComma the column writes `1.234,50`
 * @returns null: not a number
 */
export function readNumber(text: string, decimalComma: boolean): number | null {
  if (!decimalComma && PLAIN.test(text)) return Number(text)
  const bare = text.replace(/\p{Sc}|[\s\u00a0\u202f']/gu, '')
  const negative = /^\((.*)\)$/.exec(bare)
  const written = negative?.[1] ?? bare
  const matched = decimalComma ? COMMA.test(written) : POINT.test(written)
  if (!matched) return null
  const plain = decimalComma
    ? written.replaceAll('.', '').replace(',', '.')
    : written.replaceAll(',', '')
  return (negative === null ? 1 : -1) * Number(plain)
}

const PLAIN = /^-?\d+(\.\d+)?$/
const POINT = /^[+-]?((\d+|\d{1,3}(,\d{3})+)(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/
const COMMA = /^[+-]?((\d+|\d{1,3}(\.\d{3})+)(,\d*)?|,\d+)$/

/** Whether the texts write their fractions after a comma: some can be read only so, none only the other way. */
export function writesDecimalComma(texts: readonly string[]): boolean {
  let onlyComma = 0
  for (const text of texts) {
    if (text === '') continue
    const point = readNumber(text, false)
    const comma = readNumber(text, true)
    if (comma !== null && point === null) onlyComma++
    if (comma === null && point !== null) return false
  }
  return onlyComma > 0
}
