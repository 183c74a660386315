import { encoderOf } from '../imports/encoder-of.ts'
import { eventHashes } from '../imports/event-hashes.ts'
import type { FileOptions } from '../imports/imports.ts'
import { type Look, lookAt } from '../imports/look.ts'
import { MoneyCount } from '../imports/money-count.ts'
import { RowOccurrences } from '../imports/occurrences.ts'
import { piecesOf, rowReader } from '../imports/row-reader.ts'
import type { RowSink } from '../imports/row-sink.ts'
import { bufferOf } from '../log/event-row.ts'
import { EventReader, type ReadEvent } from '../log/read-event.ts'

/** What a whole file gives, without a store. */
export type ReadFile =
  /** In words: the codes of what is to be said or mended. */
  | { readonly kind: 'refused'; readonly codes: readonly string[] }
  | {
      readonly kind: 'read'
      readonly look: Look & { readonly ok: true }
      readonly events: readonly ReadEvent[]
      /** Codes of the rows that were refused. */
      readonly rejects: readonly string[]
    }

const LATEST_MS = Date.UTC(2028, 0, 1)

/** Reads a file as an import does: looked at first, then from its first byte to its last. */
export async function readFile(path: string, options: FileOptions = {}): Promise<ReadFile> {
  const look = await lookAt(path, options, {
    latestMs: LATEST_MS,
    defaultZone: 'UTC',
    workspaceId: 1,
  })
  if (!look.ok) return { kind: 'refused', codes: [look.problem.code] }
  const { mapping, problems } = look.detection
  if (mapping === null) return { kind: 'refused', codes: problems.map(({ code }) => code) }
  const rejects: string[] = []
  const refuse: RowSink['reject'] = (_line, code) => void rejects.push(code)
  const encoder = encoderOf(
    {
      mapping,
      workspaceId: 1,
      source: 0,
      latestMs: LATEST_MS,
      hashes: eventHashes(1),
      occurrences: new RowOccurrences(),
      formerOccurrences: null,
      money: new MoneyCount(),
    },
    refuse,
  )
  const reader = rowReader(look.shape, {
    columns: (...columns) => encoder.columns(...columns),
    row: (...row) => encoder.row(...row),
    reject: (...reject) => {
      encoder.passed()
      refuse(...reject)
    },
  })
  for await (const piece of piecesOf(path, look.shape, () => {})) reader.push(piece)
  reader.end(false)
  encoder.end()
  const chunk = encoder.take()
  const events = chunk === null ? [] : new EventReader().read(bufferOf(chunk.events))
  return { kind: 'read', look, events, rejects }
}
