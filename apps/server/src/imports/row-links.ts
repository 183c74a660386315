import type { LinkFact } from '../identity/link-facts.ts'
import { AT, bufferOf, type EncodedEvents, startOf } from '../log/event-row.ts'

/** Of rows that carry a user and a device: the device was the user's then. */
export function linksOf(events: EncodedEvents): readonly LinkFact[] {
  const bytes = bufferOf(events)
  const links: LinkFact[] = []
  for (let row = 0; row < events.ends.length; row++) {
    const start = startOf(events, row)
    // Most files name no device: no number of 64 bits is made for nothing.
    if (isZero(bytes, start + AT.anonymous) || isZero(bytes, start + AT.user)) continue
    links.push({
      anonymous: bytes.readBigUInt64LE(start + AT.anonymous),
      user: bytes.readBigUInt64LE(start + AT.user),
      timeMs: Number(bytes.readBigInt64LE(start + AT.time)),
    })
  }
  return links
}

function isZero(bytes: Buffer, at: number): boolean {
  return bytes.readUInt32LE(at) === 0 && bytes.readUInt32LE(at + 4) === 0
}
