import fc from 'fast-check'
import { expect, test } from 'vitest'
import { identityKey } from '../identity/identity-key.ts'
import { encodeEvents, eventRow } from './encode-events.ts'
import { bufferOf } from './event-row.ts'
import { messageHash } from './message-space.ts'
import { EventReader, type ReadEvent } from './read-event.ts'
import { storedText } from './stored-text.ts'

const text = fc.string({ unit: 'binary', maxLength: 200 }).map(storedText)

const event = fc.record({
  type: fc.constantFrom('track' as const, 'page' as const, 'screen' as const),
  name: text,
  channel: text,
  path: text,
  userId: text,
  anonymousId: text,
  messageId: text,
  timeMs: fc.integer({ min: -2_208_988_800_000, max: 4_000_000_000_000 }),
  position: fc.nat(4_294_967_295),
  value: fc.option(fc.integer({ min: -1e15, max: 1e15 })),
  currency: text,
  orderId: text,
  properties: fc.dictionary(text, text, { maxKeys: 8, noNullPrototype: false }),
})

test('[LO5] an event is read as it was written, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 6 }), fc.nat(400), (events, cut) => {
      const made = { kind: 7, source: 3_000_000_000, space: 'server' as const }
      const bytes = bufferOf(
        encodeEvents(
          3,
          events.map((one) => eventRow(3, one, made)),
        ),
      )
      const reader = new EventReader()
      const step = cut + 1
      const read: ReadEvent[] = []
      for (let at = 0; at < bytes.length; at += step) {
        read.push(...reader.read(bytes.subarray(at, at + step)))
      }
      expect(read).toHaveLength(events.length)
      events.forEach((one, i) => {
        const { messageId, ...columns } = one
        const { low, high } = messageHash(3, 'server', messageId)
        const user = one.userId === '' ? 0n : identityKey(3, 'user', one.userId)
        const anonymous = one.anonymousId === '' ? 0n : identityKey(3, 'anonymous', one.anonymousId)
        expect(read[i]).toEqual({
          ...columns,
          properties: Object.assign(Object.create(null), one.properties),
          entry: 'event',
          place: { commit: 0, row: 0 },
          receivedMs: 0,
          key: user === 0n ? anonymous : user,
          message: (high << 64n) | low,
          kind: 7,
          source: 3_000_000_000,
          imported: true,
        })
      })
    }),
    { numRuns: 60 },
  )
})
