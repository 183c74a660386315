import { AT, bufferOf, type EncodedEvents } from '../log/event-row.ts'

/** Writes the workspace's codes in place of the file's own indexes of kinds. */
export function nameKinds(events: EncodedEvents, codes: readonly number[]): void {
  const rows = bufferOf(events)
  let start = 0
  for (const end of events.ends) {
    const at = start + AT.kind
    const code = codes[rows.readUInt32LE(at)]
    if (code === undefined) throw new Error('a row of a kind that no chunk has named')
    rows.writeUInt32LE(code, at)
    start = end
  }
}
