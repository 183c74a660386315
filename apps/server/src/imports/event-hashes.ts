import xxhash from 'xxhash-wasm'
import { identityKey, messageHash } from '../customers/identity-key.ts'

/** The hashes that events are known by. The same text gives the same key whichever way the event comes in. */
export interface EventHashes {
  /** Key of a user id. */
  readonly userKey: (userId: string) => bigint
  /** Writes the 128-bit hash of a message id at `at`, little-endian. */
  readonly message: (id: string, out: Buffer, at: number) => void
  /** Writes the 128-bit hash of an event's content at `at`. */
  readonly content: (content: Uint8Array, out: Buffer, at: number) => void
  /** Replaces the 128-bit hash at `at` by that of its nth repetition. */
  readonly repeat: (out: Buffer, at: number, nth: number) => void
}

// WebAssembly is compiled once, when the thread starts.
const { h64Raw } = await xxhash()
const SECOND = 0x9e37_79b9_0000_0000n

/** The workspace is part of every hash: the same row in two workspaces is two events. */
export function eventHashes(workspaceId: number): EventHashes {
  const [first, second] = [BigInt(workspaceId), BigInt(workspaceId) ^ SECOND]
  const content = (bytes: Uint8Array, out: Buffer, at: number) => {
    const low = h64Raw(bytes, first)
    const high = h64Raw(bytes, second)
    out.writeBigUInt64LE(low, at)
    out.writeBigUInt64LE(high, at + 8)
  }
  return {
    userKey: (userId) => identityKey(workspaceId, 'user', userId),
    message: (id, out, at) => {
      const { low, high } = messageHash(workspaceId, id)
      out.writeBigUInt64LE(low, at)
      out.writeBigUInt64LE(high, at + 8)
    },
    content,
    repeat: (out, at, nth) => {
      const seed = Buffer.alloc(20)
      out.copy(seed, 0, at, at + 16)
      seed.writeUInt32LE(nth >>> 0, 16)
      content(seed, out, at)
    },
  }
}
