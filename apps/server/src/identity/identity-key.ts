import { type IdentityKey, type IdentityKind, keyedAs } from '@parcurs/domain'
import xxhash from 'xxhash-wasm'

// WebAssembly is compiled once, when the program starts.
const { h64 } = await xxhash()

/** The key of an identity: computed, never looked up, so customers nobody has linked cost nothing. */
export function identityKey(workspace: number, kind: IdentityKind, value: string): IdentityKey {
  const hash = h64(`${workspace}\0${kind}\0${keyedAs(value)}`)
  return kind === 'user' ? hash | 1n : hash & ~1n
}

/** The key under which a group's own traits stand. */
export function groupKey(workspace: number, groupId: string): bigint {
  return h64(`${workspace}\0group\0${groupId}`)
}

/** 128 bits in two halves. */
export interface MessageHash {
  readonly low: bigint
  readonly high: bigint
}

/** Of a text that says by itself whose it is. */
export function textHash(text: string): MessageHash {
  return { low: h64(text), high: h64(text, 1n) }
}

export function messageNumber({ low, high }: MessageHash): bigint {
  return (high << 64n) | low
}
