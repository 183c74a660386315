import type { MapBlock } from '../living-map/map-block.ts'

/** A block as the engine streams it. */
export function nativeBytes(block: MapBlock): Uint8Array {
  const { rows, customers, ends, events, money } = block
  const paidEnds: number[] = []
  let paid = 0
  for (let row = 0, e = 0; row < rows; row++) {
    for (; e < ends[row]!; e++) if ((events[e * 2]! & 0x8000) !== 0) paid++
    paidEnds.push(paid)
  }
  const places = (of: ArrayLike<number>) =>
    bytesOf(BigUint64Array.from({ length: rows }, (_, row) => BigInt(of[row]!)))
  const parts = [
    [3, ...varint(rows)],
    [...text('customer'), ...text('UInt64')],
    bytesOf(customers.subarray(0, rows * 2)),
    [...text('events'), ...text('Array(UInt64)')],
    places(ends),
    bytesOf(events),
    [...text('money'), ...text('Array(Float64)')],
    places(paidEnds),
    bytesOf(money),
  ]
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)]
}

/** Of ASCII. */
function text(value: string): number[] {
  return [...varint(value.length), ...Array.from(value, (character) => character.charCodeAt(0))]
}
