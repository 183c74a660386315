import type { Readable } from 'node:stream'

/** Bytes are sent in pieces of this size: fewer, larger messages. */
const PIECE_BYTES = 1_048_576

/** Chunks of a stream joined to pieces whose memory can be handed over. */
export async function* bytePieces(bytes: Readable): AsyncGenerator<ArrayBuffer, void, undefined> {
  let piece = new Uint8Array(PIECE_BYTES)
  let size = 0
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    for (let from = 0; from < chunk.length; ) {
      const room = Math.min(PIECE_BYTES - size, chunk.length - from)
      piece.set(chunk.subarray(from, from + room), size)
      size += room
      from += room
      if (size < PIECE_BYTES) continue
      yield piece.buffer
      piece = new Uint8Array(PIECE_BYTES)
      size = 0
    }
  }
  if (size > 0) yield piece.buffer.slice(0, size)
}
