import type { LinkFact } from '../identity/link-facts.ts'
import { AT, bufferOf, type EncodedEvents, startOf } from '../log/event-row.ts'

/** Of rows that carry a user and a device: the device was the user's then. */
export function linksOf(events: EncodedEvents): readonly LinkFact[] {
  const bytes = bufferOf(events)
  const links: LinkFact[] = []
  for (let row = 0; row < events.ends.length; row++) {
    const start = startOf(events, row)
    const anonymous = bytes.readBigUInt64LE(start + AT.anonymous)
    if (anonymous === 0n) continue
    const user = bytes.readBigUInt64LE(start + AT.user)
    if (user === 0n) continue
    links.push({ anonymous, user, timeMs: Number(bytes.readBigInt64LE(start + AT.time)) })
  }
  return links
}
