import { type EventType, sourceIsImport } from '@parcurs/domain'
import { AT } from './event-row.ts'
import type { LoggedEvent } from './log-entry.ts'

/** An event before it is known whose it is. */
export type ReadEvent = Omit<LoggedEvent, 'owner'>

/** Reads rows that `writeEvent` could have written; the bytes after the last whole row are left. */
export class EventReader {
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0

  /** @returns the events of the bytes so far that were not returned yet */
  read(bytes: Buffer): readonly ReadEvent[] {
    this.#bytes =
      this.#at === this.#bytes.length
        ? bytes
        : Buffer.concat([this.#bytes.subarray(this.#at), bytes])
    this.#at = 0
    const events: ReadEvent[] = []
    for (;;) {
      const start = this.#at
      const event = this.#event()
      if (event === null) {
        this.#at = start
        return events
      }
      events.push(event)
    }
  }

  /** Null: the row is not all there yet. */
  #event(): ReadEvent | null {
    const start = this.#at
    const bytes = this.#bytes
    if (start + AT.rest > bytes.length) return null
    this.#at = start + AT.rest
    const type = this.#text()
    const name = this.#text()
    const channel = this.#text()
    const path = this.#text()
    const userId = this.#text()
    const anonymousId = this.#text()
    const value = this.#value()
    const currency = this.#text()
    const orderId = this.#text()
    const properties = this.#properties()
    if (
      type === null ||
      name === null ||
      channel === null ||
      path === null ||
      userId === null ||
      anonymousId === null ||
      value === undefined ||
      currency === null ||
      orderId === null ||
      properties === null
    ) {
      return null
    }
    const source = bytes.readUInt32LE(start + AT.source)
    return {
      entry: 'event',
      place: {
        commit: Number(bytes.readBigUInt64LE(start + AT.commit)),
        row: bytes.readUInt32LE(start + AT.row),
      },
      key: bytes.readBigUInt64LE(start + AT.key),
      timeMs: Number(bytes.readBigInt64LE(start + AT.time)),
      receivedMs: Number(bytes.readBigInt64LE(start + AT.received)),
      source,
      imported: sourceIsImport(source),
      position: bytes.readUInt32LE(start + AT.position),
      message:
        (bytes.readBigUInt64LE(start + AT.message + 8) << 64n) |
        bytes.readBigUInt64LE(start + AT.message),
      kind: bytes.readUInt32LE(start + AT.kind),
      type: eventType(type),
      name,
      channel,
      path,
      userId,
      anonymousId,
      value,
      currency,
      orderId,
      properties,
    }
  }

  /** Undefined: not all there. */
  #value(): number | null | undefined {
    const bytes = this.#bytes
    if (this.#at >= bytes.length) return undefined
    const none = bytes[this.#at++] === 1
    if (none) return null
    if (this.#at + 8 > bytes.length) return undefined
    const value = Number(bytes.readBigInt64LE(this.#at))
    this.#at += 8
    return value
  }

  #properties(): Readonly<Record<string, string>> | null {
    const count = this.#varint()
    if (count === null) return null
    const properties: Record<string, string> = Object.create(null)
    for (let i = 0; i < count; i++) {
      const name = this.#text()
      const value = this.#text()
      if (name === null || value === null) return null
      properties[name] = value
    }
    return properties
  }

  #text(): string | null {
    const length = this.#varint()
    if (length === null || this.#at + length > this.#bytes.length) {
      // Whatever is read after it is not there either.
      this.#at = this.#bytes.length
      return null
    }
    const text = this.#bytes.toString('utf8', this.#at, this.#at + length)
    this.#at += length
    return text
  }

  #varint(): number | null {
    let value = 0
    let shift = 1
    for (;;) {
      const byte = this.#bytes[this.#at]
      if (byte === undefined) return null
      this.#at++
      value += (byte & 127) * shift
      if (byte < 128) return value
      shift *= 128
    }
  }
}

function eventType(text: string): EventType {
  if (text === 'track' || text === 'page' || text === 'screen') return text
  throw new Error(`a stored event of type '${text}': expected track, page or screen`)
}
