import type { EncodedEvents } from '../log/event-row.ts'
import type { Answer } from '../log/feedback-rows.ts'
import type { KindName } from '../log/kind-choice.ts'
import type { MessageWords } from '../log/message-words.ts'
import type { OwnId } from './own-ids.ts'
import type { Statements } from '../log/stated-facts.ts'

/** A chunk of a file's events, handed from the reading thread to the storing one. */
export interface EventChunk {
  /** `kind` holds an index into the file's kinds. */
  readonly events: EncodedEvents
  /** What the rows were known by before the mapping stopped to matter; null: nothing is stored by it. */
  readonly formerWords: MessageWords | null
  /** Kinds that were not in an earlier chunk of this file; their indexes go on from there. */
  readonly newKinds: readonly KindName[]
  readonly answers: readonly Answer[]
  /** What rows say about customers instead of what happened. */
  readonly stated: Statements
  /** Of the rows that have an id of their own; null: none has. */
  readonly ids: readonly (OwnId | undefined)[] | null
}
