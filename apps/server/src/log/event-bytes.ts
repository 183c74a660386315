import type { IncomingEvent } from '@parcurs/domain'

/** An event with everything that is looked up or computed when it is stored. */
export interface EventRow {
  readonly event: IncomingEvent
  readonly key: bigint
  readonly user: bigint
  readonly anonymous: bigint
  readonly messageLow: bigint
  readonly messageHigh: bigint
  readonly kind: number
}

/** As sent by `eventBytes`; the order of the columns is the order of the bytes. */
export const EVENT_COLUMNS = [
  'workspace',
  'key',
  'time',
  'position',
  'message',
  'kind',
  'type',
  'name',
  'channel',
  'path',
  'user_id',
  'anonymous_id',
  'user',
  'anonymous',
  'value',
  'currency',
  'order_id',
  'properties',
  'commit',
  'row',
  'received',
] as const

/**
 * Rows in ClickHouse's RowBinary, into which nothing has to be quoted and out of which nothing has to be
 * parsed: three times the rows a second of JSONEachRow.
 */
export function eventBytes(
  rows: readonly EventRow[],
  fixed: { readonly workspace: number; readonly commit: number; readonly receivedMs: number },
): Buffer {
  const out = new Bytes(rows.length * 400 + 1024)
  const commit = BigInt(fixed.commit)
  const received = BigInt(fixed.receivedMs)
  rows.forEach((row, place) => {
    const { event } = row
    out.reserve(400 + 3 * textLength(event))
    out.uint32(fixed.workspace)
    out.uint64(row.key)
    out.int64(BigInt(event.timeMs))
    out.uint32(event.position)
    out.uint64(row.messageLow)
    out.uint64(row.messageHigh)
    out.uint32(row.kind)
    out.text(event.type)
    out.text(event.name)
    out.text(event.channel)
    out.text(event.path)
    out.text(event.userId)
    out.text(event.anonymousId)
    out.uint64(row.user)
    out.uint64(row.anonymous)
    if (event.value === null) {
      out.byte(1)
    } else {
      out.byte(0)
      out.int64(BigInt(event.value))
    }
    out.text(event.currency)
    out.text(event.orderId)
    const names = Object.keys(event.properties)
    out.varint(names.length)
    for (const name of names) {
      out.text(name)
      out.text(event.properties[name] ?? '')
    }
    out.uint64(commit)
    out.uint32(place)
    out.int64(received)
  })
  return out.taken()
}

function textLength(event: IncomingEvent): number {
  let length =
    event.name.length +
    event.channel.length +
    event.path.length +
    event.userId.length +
    event.anonymousId.length +
    event.orderId.length
  for (const name of Object.keys(event.properties)) {
    length += name.length + (event.properties[name]?.length ?? 0) + 8
  }
  return length
}

/** A buffer that grows. `reserve` first, then write without further checks. */
class Bytes {
  #buffer: Buffer
  #at = 0

  constructor(size: number) {
    this.#buffer = Buffer.allocUnsafe(size)
  }

  reserve(more: number): void {
    if (this.#at + more <= this.#buffer.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + more))
    this.#buffer.copy(grown, 0, 0, this.#at)
    this.#buffer = grown
  }

  byte(value: number): void {
    this.#buffer[this.#at++] = value
  }

  uint32(value: number): void {
    this.#at = this.#buffer.writeUInt32LE(value, this.#at)
  }

  uint64(value: bigint): void {
    this.#at = this.#buffer.writeBigUInt64LE(value, this.#at)
  }

  int64(value: bigint): void {
    this.#at = this.#buffer.writeBigInt64LE(value, this.#at)
  }

  varint(value: number): void {
    let left = value
    while (left >= 128) {
      this.byte((left & 127) | 128)
      left = Math.floor(left / 128)
    }
    this.byte(left)
  }

  text(value: string): void {
    // Short text, nearly all of it: one byte of length, filled in after.
    if (value.length < 42) {
      const length = this.#buffer.write(value, this.#at + 1)
      this.#buffer[this.#at] = length
      this.#at += length + 1
      return
    }
    this.varint(Buffer.byteLength(value))
    this.#at += this.#buffer.write(value, this.#at)
  }

  taken(): Buffer {
    return this.#buffer.subarray(0, this.#at)
  }
}
