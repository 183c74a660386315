/** Writes RowBinary into one growing buffer. The caller makes sure that there is room. */
export class ByteWriter {
  bytes: Buffer<ArrayBuffer>
  /** Of the same bytes: writes 64 bits several times as fast as a buffer does. */
  view: DataView<ArrayBuffer>
  at = 0

  constructor(sizeBytes: number) {
    this.bytes = Buffer.allocUnsafeSlow(sizeBytes)
    this.view = new DataView(this.bytes.buffer)
  }

  /** Room for `count` more bytes; what is written so far is kept. */
  reserve(count: number): void {
    if (this.at + count <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.at + count))
    this.bytes.copy(larger, 0, 0, this.at)
    this.bytes = larger
    this.view = new DataView(larger.buffer)
  }

  varint(value: number): void {
    let rest = value
    while (rest >= 128) {
      this.bytes[this.at++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.bytes[this.at++] = rest
  }

  /** `source[from, to)` with its length before it: a String. */
  text(source: Uint8Array, from: number, to: number): void {
    this.varint(to - from)
    this.copy(source, from, to)
  }

  /** A String out of text, which holds neither U+0000 nor half a surrogate pair (`stored-text.ts`). */
  string(value: string): void {
    // Short text, nearly all of it: one byte of length, filled in after.
    if (value.length < 42) {
      const length = this.bytes.write(value, this.at + 1)
      this.bytes[this.at] = length
      this.at += length + 1
      return
    }
    this.varint(Buffer.byteLength(value))
    this.at += this.bytes.write(value, this.at)
  }

  copy(source: Uint8Array, from: number, to: number): void {
    const bytes = this.bytes
    let at = this.at
    // A native copy costs 60 ns before the first byte; most fields are shorter than that.
    if (to - from > 48) {
      bytes.set(source.subarray(from, to), at)
      at += to - from
    } else {
      for (let i = from; i < to; i++) bytes[at++] = source[i] ?? 0
    }
    this.at = at
  }

  /** @param value whole, within ±2^53 */
  int64(value: number): void {
    const high = Math.floor(value / 4_294_967_296)
    this.uint32(value - high * 4_294_967_296)
    this.uint32(high)
  }

  uint32(value: number): void {
    const { bytes, at } = this
    bytes[at] = value
    bytes[at + 1] = value >>> 8
    bytes[at + 2] = value >>> 16
    bytes[at + 3] = value >>> 24
    this.at = at + 4
  }

  zeros(count: number): void {
    const { bytes } = this
    const end = this.at + count
    for (let at = this.at; at < end; at++) bytes[at] = 0
    this.at = end
  }
}

/** A String of RowBinary, made once for texts that repeat. */
export function encodedText(text: string): Buffer {
  const body = Buffer.from(text, 'utf8')
  const writer = new ByteWriter(body.length + 5)
  writer.text(body, 0, body.length)
  return writer.bytes.subarray(0, writer.at)
}
