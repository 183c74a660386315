import type { Mapping } from '@parcurs/domain'
import type { EventChunk } from './event-chunk.ts'
import type { EventHashes } from './event-hashes.ts'
import type { MoneyCount } from './money-count.ts'
import type { Occurrences } from './occurrences.ts'
import type { RowSink } from './row-sink.ts'

export interface EncoderInput {
  readonly mapping: Mapping
  readonly workspaceId: number
  /** The number that the import's events are marked with. */
  readonly source: number
  /** Events later than this are refused. */
  readonly latestMs: number
  readonly hashes: EventHashes
  readonly occurrences: Occurrences
  /** Of the rows as they were known before their raw cells were; null: none is stored. */
  readonly formerOccurrences: Occurrences | null
  readonly money: MoneyCount
  /** Rows are known by their raw cells, also those that have an id of their own: to see whether they are here so. */
  readonly byCells?: boolean
}

/** Makes events of a file's rows. */
export interface FileEncoder extends Omit<RowSink, 'reject'> {
  /** What waits to be taken: events, and statements about customers. */
  readonly rows: number
  readonly sizeBytes: number
  /** Of the file so far: what says who somebody is, and is no event. */
  readonly statedSoFar: number
  /** A row that its reader refused: it has a place in the file, too. */
  readonly passed: () => void
  /** No more rows: what was held back for later ones comes now. */
  readonly end: () => void
  /** The events since the last call; null: none. The chunk owns its memory. */
  readonly take: () => EventChunk | null
}

/** 1900-01-01, where the store's instants begin. */
export const EARLIEST_MS = -2_208_988_800_000
