import type { ByteWriter } from './byte-writer.ts'

/**
 * The columns of `events` in the order in which they are written, the one place that says it. Fixed-width
 * columns come first, at the same offset in every row, so that what is decided late (message, kind, source,
 * commit, time of receipt) is written into the bytes in place, and read without reading the rest.
 */
export const EVENT_COLUMNS = [
  'workspace',
  'key',
  'position',
  'message',
  'kind',
  'user',
  'anonymous',
  'commit',
  'row',
  'source',
  'received',
  'time',
  'type',
  'name',
  'channel',
  'path',
  'user_id',
  'anonymous_id',
  'value',
  'currency',
  'order_id',
  'properties',
] as const

/** Where each fixed-width column begins in a row. */
export const AT = {
  workspace: 0,
  key: 4,
  position: 12,
  message: 16,
  kind: 32,
  user: 36,
  anonymous: 44,
  commit: 52,
  row: 60,
  source: 64,
  received: 68,
  /** The last of them: from here to the end of a row is its content. */
  time: 76,
  /** From here on every length varies. */
  rest: 84,
} as const

/** What of an event has a fixed width and is known when it is read; keys as two 32-bit words. */
export interface EventHead {
  readonly workspace: number
  readonly userLow: number
  readonly userHigh: number
  readonly anonymousLow: number
  readonly anonymousHigh: number
  readonly position: number
  /** A code of the vocabulary, or a number that stands for one until it is known. */
  readonly kind: number
  readonly timeMs: number
}

/** Writes what of an event has no fixed width, each part at the end of `out`, where it has made room. */
export interface EventTexts {
  /** type, name, channel and path: four Strings. */
  readonly names: (out: ByteWriter) => void
  readonly userId: (out: ByteWriter) => void
  readonly anonymousId: (out: ByteWriter) => void
  /** Ten-thousandths; null: none. */
  readonly value: () => number | null
  readonly currency: (out: ByteWriter) => void
  readonly orderId: (out: ByteWriter) => void
  /** Their number, then name and value of each. */
  readonly properties: (out: ByteWriter) => void
}

/** Writes one event; the caller has made room. Message, commit, row, source and receipt stay 0. */
export function writeEvent(out: ByteWriter, head: EventHead, texts: EventTexts): void {
  const { userLow, userHigh, anonymousLow, anonymousHigh } = head
  const known = userLow !== 0 || userHigh !== 0
  out.uint32(head.workspace)
  out.uint32(known ? userLow : anonymousLow)
  out.uint32(known ? userHigh : anonymousHigh)
  out.uint32(head.position)
  out.zeros(AT.kind - AT.message)
  out.uint32(head.kind)
  out.uint32(userLow)
  out.uint32(userHigh)
  out.uint32(anonymousLow)
  out.uint32(anonymousHigh)
  out.zeros(AT.time - AT.commit)
  out.int64(head.timeMs)
  texts.names(out)
  texts.userId(out)
  texts.anonymousId(out)
  const value = texts.value()
  if (value === null) out.varint(1)
  else {
    out.varint(0)
    out.int64(value)
  }
  texts.currency(out)
  texts.orderId(out)
  texts.properties(out)
}

/** Events encoded one after the other, each a row of `events`. Whoever holds them owns the memory. */
export interface EncodedEvents {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where each row ends. */
  readonly ends: Uint32Array<ArrayBuffer>
}

export function startOf({ ends }: EncodedEvents, row: number): number {
  return row === 0 ? 0 : (ends[row - 1] ?? 0)
}

export function bufferOf({ bytes }: Pick<EncodedEvents, 'bytes'>): Buffer<ArrayBuffer> {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
