import type { ImportOptions, Mapping } from '@parcurs/domain'
import type { EventChunk } from './event-chunk.ts'
import type { FileShape, ShapeOptions } from './file-shape.ts'
import type { Look } from './look.ts'
import type { MoneyByCurrency } from './money-count.ts'
import type { Reject } from './reject.ts'
import type { RejectCode } from './row-sink.ts'
import type { Unpacked } from './unpack.ts'

// What the program and its reading thread say to each other.

export type ReadingTask =
  | {
      readonly kind: 'unpack'
      readonly path: string
      readonly name: string
      readonly folder: string
      readonly roomBytes: number
    }
  | {
      readonly kind: 'look'
      readonly path: string
      readonly options: ImportOptions & ShapeOptions
      readonly latestMs: number
      readonly workspaceId: number
      /** The workspace's: of times that do not say theirs. */
      readonly defaultZone: string
    }
  | {
      readonly kind: 'run'
      readonly path: string
      /** The file's name in the rejects file. */
      readonly name: string
      readonly shape: FileShape
      readonly mapping: Mapping
      readonly workspaceId: number
      readonly source: number
      /** Whether rows may be stored by what they were known by to earlier programs. */
      readonly former: boolean
      readonly latestMs: number
    }

/** Counts from the beginning of the file. */
export interface ReadingCounts {
  /** Of the file as it is stored, packed or not. */
  readonly bytesRead: number
  readonly rows: number
  readonly rejected: number
  /** Says who somebody is, and is no event. */
  readonly stated: number
  readonly rejectsByCode: Readonly<Partial<Record<RejectCode, number>>>
  readonly money: MoneyByCurrency
}

export type ReadingReport =
  | { readonly kind: 'looked'; readonly look: Look }
  | { readonly kind: 'unpacked'; readonly unpacked: Unpacked }
  /** The archive is none that is unpacked; why, in words. */
  | { readonly kind: 'refused'; readonly detail: string }
  | {
      readonly kind: 'chunk'
      /** Null: only refused rows, or the end. */
      readonly chunk: EventChunk | null
      /** Counts once the chunk is stored. */
      readonly counts: ReadingCounts
      /** Lines for the rejects file. */
      readonly rejectLines: string
      /** The first rejects of the file, as far as they came with this chunk. */
      readonly rejectsShown: readonly Reject[]
      /** Set on the last report. */
      readonly end: null | { readonly broken: string | null }
    }
  | { readonly kind: 'failed'; readonly message: string }
