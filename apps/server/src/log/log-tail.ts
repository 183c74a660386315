import { isAfter, type LogPlace } from './log-entry.ts'
import type { LogPiece } from './read-log.ts'

/** The last pieces of a workspace's log that were read in this process, one behind the other, for all readers. */
export interface LogTail {
  /** The piece that goes on behind a place; null: it is not held. */
  readonly behind: (place: LogPlace) => LogPiece | null
  readonly add: (piece: LogPiece) => void
}

/** @param most entries that are held; the newest piece is held whatever its size */
export function logTail(most: number): LogTail {
  let pieces: readonly LogPiece[] = []
  return {
    behind(place) {
      const piece = pieces.find(({ from, to }) => !isAfter(from, place) && isAfter(to, place))
      if (piece === undefined) return null
      const entries = piece.entries.filter((entry) => isAfter(entry.place, place))
      return { ...piece, from: place, entries }
    },
    add(piece) {
      const last = pieces.at(-1)
      const goesOn =
        last !== undefined && !isAfter(last.to, piece.from) && !isAfter(piece.from, last.to)
      pieces = [...(goesOn ? pieces : []), piece]
      let held = pieces.reduce((sum, { entries }) => sum + entries.length, 0)
      while (pieces.length > 1 && (held > most || pieces.length > 100)) {
        held -= pieces[0]?.entries.length ?? 0
        pieces = pieces.slice(1)
      }
    },
  }
}
