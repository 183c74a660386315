import type { FeedbackScale } from '@parcurs/domain'
import type { Commit } from './commit.ts'
import { AT, bufferOf, type EncodedEvents, startOf } from './event-row.ts'
import { storedTime } from './stored-time.ts'

/** An answer that one of the events carries. */
export interface Answer {
  /** The event's index. */
  readonly row: number
  readonly scale: FeedbackScale
  readonly score: number
  readonly touchpoint: string
}

/** Rows of `feedback`, as far as their events are not known. They may be written twice. */
export function feedbackRows(
  events: EncodedEvents,
  answers: readonly Answer[],
  known: ReadonlySet<number>,
  commit: Commit,
): readonly object[] {
  const bytes = bufferOf(events)
  return answers
    .filter(({ row }) => !known.has(row))
    .map(({ row, scale, score, touchpoint }) => {
      const start = startOf(events, row)
      const low = bytes.readBigUInt64LE(start + AT.message)
      const high = bytes.readBigUInt64LE(start + AT.message + 8)
      return {
        workspace: bytes.readUInt32LE(start + AT.workspace),
        key: bytes.readBigUInt64LE(start + AT.key),
        time: storedTime(Number(bytes.readBigInt64LE(start + AT.time))),
        message: (high << 64n) | low,
        kind: bytes.readUInt32LE(start + AT.kind),
        source: bytes.readUInt32LE(start + AT.source),
        commit: commit.number,
        scale,
        score,
        touchpoint,
      }
    })
}
