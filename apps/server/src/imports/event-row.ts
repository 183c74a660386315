import type { EventType, FeedbackScale } from '@parcurs/domain'

/**
 * An event as RowBinary in the column order below: fixed-width columns first, at the same offset in
 * every row, so that what is decided late (kind, commit, time of receipt) is written into the bytes in place.
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
  received: 64,
  time: 72,
  /** From here on every length varies. */
  rest: 80,
} as const

/** A chunk of encoded events, handed from the reading thread to the storing one. */
export interface EventChunk {
  /** The rows one after the other. `kind` holds an index into the file's kinds; `commit`, `row` and `received` are 0. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where each row ends. */
  readonly ends: Uint32Array<ArrayBuffer>
  /** Kinds that were not in an earlier chunk of this file; their indexes go on from there. */
  readonly newKinds: readonly ChunkKind[]
  readonly feedback: readonly ChunkFeedback[]
}

export interface ChunkKind {
  readonly type: EventType
  readonly name: string
  readonly channel: string
  readonly path: string
}

/** An answer that a row of the chunk carries. */
export interface ChunkFeedback {
  readonly row: number
  readonly scale: FeedbackScale
  readonly score: number
  readonly touchpoint: string
}
