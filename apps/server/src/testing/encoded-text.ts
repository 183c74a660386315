import { TextDecoder } from 'node:util'
import type { Encoding } from '@parcurs/domain'

const tables = new Map<Encoding, ReadonlyMap<string, Buffer>>()

/** Bytes of one or two by the character that they are: what `TextDecoder` reads, turned round. */
function tableOf(encoding: Encoding): ReadonlyMap<string, Buffer> {
  const known = tables.get(encoding)
  if (known !== undefined) return known
  const table = new Map<string, Buffer>()
  const note = (bytes: Buffer) => {
    const decoder = new TextDecoder(encoding)
    const text = decoder.decode(bytes, { stream: true }) + decoder.decode()
    const [letter, more] = Array.from(text)
    if (letter === undefined || more !== undefined || letter === '\ufffd') return
    if (!table.has(letter)) table.set(letter, bytes)
  }
  for (let byte = 0; byte < 256; byte++) note(Buffer.from([byte]))
  if (encoding === 'gb18030' || encoding === 'big5') {
    for (let lead = 0x81; lead < 0xff; lead++) {
      for (let trail = 0x40; trail < 0xff; trail++) note(Buffer.from([lead, trail]))
    }
  }
  tables.set(encoding, table)
  return table
}

/** A text in an encoding. @throws when it has a letter that the encoding has not */
export function encodedText(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text)
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  const table = tableOf(encoding)
  return Buffer.concat(
    Array.from(text).map((letter) => {
      const bytes = table.get(letter)
      if (bytes === undefined) throw new Error(`${encoding} has no '${letter}'`)
      return bytes
    }),
  )
}
