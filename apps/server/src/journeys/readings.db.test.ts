import type { IncomingBatch } from '@parcurs/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { storeEvents } from '../collect/store-events.ts'
import { openEventStore } from '../log/event-store.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { fold } from './fold.ts'
import { readingOf } from './reading.ts'
import { openReadings } from './readings.ts'

// apps/server SPEC.md, "Folding journeys".

const stores = await freshStores()
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const NOW = Date.UTC(2026, 10, 22)

const NOTHING: IncomingBatch = { events: [], identifies: [], groups: [], aliases: [] }
const KINDS = ['view', 'order', 'again', 'identify', 'alias', 'fold', 'ask'] as const

test('[JO7] what is remembered of the log is what is found anew', async () => {
  const step = fc.tuple(fc.constantFrom(...KINDS), fc.integer({ min: 1, max: 3 }))
  let sent = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
      const { id } = await testWorkspace(stores)
      const readings = openReadings(stores)
      const send = (batch: Partial<IncomingBatch>) =>
        storeEvents(store, id, { ...NOTHING, ...batch }, NOW)
      const order = (n: number, orderId: string) =>
        send({
          events: [
            {
              messageId: `m${++sent}`,
              type: 'track',
              name: orderId === '' ? 'view' : 'order',
              channel: 'web',
              path: '',
              userId: `u${n}`,
              anonymousId: '',
              timeMs: NOW - sent,
              position: 0,
              value: orderId === '' ? null : 100_000,
              currency: orderId === '' ? '' : 'EUR',
              orderId,
              properties: {},
            },
          ],
        })
      for (const [kind, n] of steps) {
        if (kind === 'view') await order(n, '')
        // An order of its own each time, or one that may be there.
        if (kind === 'order') await order(n, `order-${sent}`)
        if (kind === 'again') await order(n, `same-${n}`)
        if (kind === 'identify') {
          const one = { userId: `u${n}`, anonymousId: `a${n}`, timeMs: NOW, traits: { plan: 'x' } }
          await send({ identifies: [one] })
        }
        if (kind === 'alias') {
          await send({ aliases: [{ previousId: `b${n}`, userId: `u${n}`, timeMs: NOW }] })
        }
        if (kind === 'fold') await fold(stores, id, { nowMs: NOW })
        if (kind !== 'ask') continue
        const reading = await readings.of(id)
        expect(reading).toEqual(await readingOf(stores, id))
        const anew = await openReadings(stores).kindTimes(reading)
        expect(await readings.kindTimes(reading)).toEqual(anew)
      }
      const reading = await readings.of(id)
      expect(reading).toEqual(await readingOf(stores, id))
      const anew = await openReadings(stores).kindTimes(reading)
      expect(await readings.kindTimes(reading)).toEqual(anew)
    }),
    { numRuns: 12 },
  )
})
