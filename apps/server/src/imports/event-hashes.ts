import xxhash from 'xxhash-wasm'
import { identityKey } from '../identity/identity-key.ts'
import { messageHash } from '../log/message-space.ts'

/** The hashes that events are known by. The same text gives the same key whichever way the event comes in. */
export interface EventHashes {
  /** Key of a user id. */
  readonly userKey: (userId: string) => bigint
  /** Key of a device or browser. */
  readonly anonymousKey: (anonymousId: string) => bigint
  /** Writes the 128-bit hash of a message id at `at`, little-endian. */
  readonly message: (id: string, out: DataView, at: number) => void
  /** Writes the 128-bit hash of `from[start, end)` at `at`. */
  readonly content: (
    from: DataView<ArrayBuffer>,
    start: number,
    end: number,
    out: DataView,
    at: number,
  ) => void
  /** Replaces the 128-bit hash at `at` by that of its nth repetition. */
  readonly repeat: (out: DataView, at: number, nth: number) => void
}

// WebAssembly is compiled once, when the thread starts.
const { h64Raw } = await xxhash()
const SECOND = 0x9e37_79b9_0000_0000n

/** The workspace is part of every hash: the same row in two workspaces is two events. */
export function eventHashes(workspaceId: number): EventHashes {
  const [first, second] = [BigInt(workspaceId), BigInt(workspaceId) ^ SECOND]
  const note = (low: bigint, high: bigint, out: DataView, at: number) => {
    out.setBigUint64(at, low, true)
    out.setBigUint64(at + 8, high, true)
  }
  const repeated = new Uint8Array(20)
  const repetition = new DataView(repeated.buffer)
  return {
    userKey: (userId) => identityKey(workspaceId, 'user', userId),
    anonymousKey: (anonymousId) => identityKey(workspaceId, 'anonymous', anonymousId),
    message: (id, out, at) => {
      const { low, high } = messageHash(workspaceId, 'server', id)
      note(low, high, out, at)
    },
    content: (from, start, end, out, at) => {
      const bytes = new Uint8Array(from.buffer, from.byteOffset + start, end - start)
      note(h64Raw(bytes, first), h64Raw(bytes, second), out, at)
    },
    repeat: (out, at, nth) => {
      for (let i = 0; i < 16; i += 4) repetition.setUint32(i, out.getUint32(at + i, true), true)
      repetition.setUint32(16, nth, true)
      note(h64Raw(repeated, first), h64Raw(repeated, second), out, at)
    },
  }
}
