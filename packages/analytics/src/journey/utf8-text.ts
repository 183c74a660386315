/**
 * Text of UTF-8 bytes. This package compiles without the platform's TextDecoder; the store sends valid
 * UTF-8, and what is cut or malformed becomes U+FFFD.
 */
export function utf8Text(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0
    const more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
    let point = more === 0 ? lead : lead & (0x3f >> more)
    for (let i = 1; i <= more; i++) point = point * 64 + ((bytes[at + i] ?? 0) & 0x3f)
    text += String.fromCodePoint(point > 0x10ffff ? 0xfffd : point)
    at += more + 1
  }
  return text
}
