/** What closes a text, by what opened it: straight, or as any of our languages and the keyboards of others write it. */
const CLOSERS: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”“',
  '”': '”',
  '„': '”“',
  '«': '»',
  '»': '«',
  '「': '」',
  '『': '』',
}

/** Signs that nobody sees or that turn the text around them: line ends, controls, directions, broken halves of signs. */
const UNSEEN =
  /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

export type Quotes = readonly [open: string, shut: string]

/** A text of the user's, in quotes, on one line, that ends where it ends whatever stands in it. */
export function quotedText(text: string, [open, shut]: Quotes): string {
  const ends = CLOSERS[open] ?? shut
  const safe = Array.from(text.replaceAll('\\', String.raw`\\`))
    .map((sign) => (ends.includes(sign) ? `\\${sign}` : sign))
    .join('')
    .replaceAll(UNSEEN, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`)
  return open + safe + shut
}

/**
 * @param at where the quote would open
 * @returns null: no quoted text begins there; `end` null: it does not end
 */
export function readQuoted(
  text: string,
  at: number,
): { readonly value: string; readonly end: number | null } | null {
  const ends = CLOSERS[text.charAt(at)]
  if (ends === undefined) return null
  let value = ''
  for (let i = at + 1; i < text.length; i++) {
    const sign = text.charAt(i)
    if (ends.includes(sign)) return { value, end: i + 1 }
    if (sign !== '\\') {
      value += sign
      continue
    }
    const escape = /^\\(?:u\{([0-9a-f]{1,6})\}|([^]))/iu.exec(text.slice(i, i + 11))
    if (escape === null) return { value, end: null }
    const [whole, code, plain = ''] = escape
    const point = code === undefined ? null : Number.parseInt(code, 16)
    if (point !== null && point > 0x10_ff_ff) return { value, end: null }
    value += point === null ? plain : String.fromCodePoint(point)
    i += whole.length - 1
  }
  return { value, end: null }
}
