import { wellFormed } from '@parcurs/domain'
import type { KindName } from './kind-choice.ts'

// What text the log takes, one place for all ways in. U+0000 and half surrogate pairs are kept by neither
// store: they become U+FFFD.

/** Longer names of events are refused: ids stand where names should. */
export const MAX_EVENT_NAME_CHARS = 200
/** What is longer is cut. */
export const MAX_PATH_CHARS = 500
export const MAX_CHANNEL_CHARS = 60
/**
 * Name, channel and path stand together in an index of PostgreSQL, whose rows hold 2,704 bytes: the path is cut to
 * what the other two leave of this.
 */
export const MAX_KIND_BYTES = 2_400

export const storedText = wellFormed

/** Ids and names with spaces around them are the same id and name. */
export function storedName(text: string): string {
  return wellFormed(text).trim()
}

/** At most so many characters, never half of one. */
export function cutText(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : text.slice(0, maxChars).replace(/[\ud800-\udbff]$/, '')
}

/** What makes an event's kind, as both stores keep it, whatever was sent. */
export function storedKind({ type, name, channel, path }: KindName): KindName {
  const kept = {
    type,
    name: cutText(storedName(name), MAX_NAME_KEPT),
    channel: cutText(storedName(channel), MAX_CHANNEL_CHARS),
  }
  const left = MAX_KIND_BYTES - Buffer.byteLength(kept.name) - Buffer.byteLength(kept.channel)
  const whole = cutText(storedText(path), MAX_PATH_CHARS)
  // `*` alone stands for many paths in the vocabulary.
  return { ...kept, path: whole === '*' ? '/*' : cutBytes(whole, left) }
}

/** Whoever reads calls or rows refuses longer ones; a character may take two units. */
const MAX_NAME_KEPT = 600

function cutBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= maxBytes) return text
  let end = maxBytes
  // A byte 10xxxxxx goes on with a character that began before it.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return bytes.toString('utf8', 0, end)
}

/** JSON for a column of PostgreSQL: jsonb holds neither U+0000 nor half a surrogate pair, be it escaped. */
export function storedJson(value: unknown): string {
  return JSON.stringify(value, (_, held: unknown) =>
    typeof held === 'string' ? storedText(held) : held,
  )
}
