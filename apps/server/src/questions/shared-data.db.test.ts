import { describe, expect, test } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'
import { importing } from '../testing/import-file.ts'
import { hasSharedData, NO_SHARED_DATA, sharedData } from '../testing/shared-data.ts'
import { testApp } from '../testing/test-app.ts'

// The figures of ../shared/data/README.md, asked as anybody asks.

const stores = await freshStores()
const server = await testApp(stores)
const { file } = importing(server, server.machine)

const SECOND = 1000
const YEAR = 366 * 86_400 * SECOND

describe.skipIf(!hasSharedData)(`[QU6] the REES46 sample${NO_SHARED_DATA}`, async () => {
  const { workspace } = await server.peopled()
  if (hasSharedData) await file(workspace.slug, `${sharedData}shop/rees46-2019-10-sample.csv`)

  const asked = async (question: object): Promise<unknown> => {
    const url = `/api/workspaces/${workspace.slug}/ask`
    const { status, body } = await server.ask(server.machine, 'POST', url, { question })
    expect(status, JSON.stringify(body)).toBe(200)
    return body
  }
  const reached = (...counts: number[]) => ({
    total: { steps: counts.map((n) => expect.objectContaining({ reached: n })) },
  })

  test.each([false, true])(
    '[QU6] funnel 4,505 > 111 > 62; view > purchase 192, times: %s',
    async (times) => {
      const funnel = { kind: 'funnel', windowMs: YEAR, times }
      expect(await asked({ ...funnel, steps: ['view', 'cart', 'purchase'] })).toMatchObject(
        reached(4505, 111, 62),
      )
      expect(await asked({ ...funnel, steps: ['view', 'purchase'] })).toMatchObject(
        reached(4505, 192),
      )
    },
  )

  test('[QU6] 4,519 sessions, 1,665 with one event (0.368444), 193 with a purchase (0.042709)', async () => {
    const sessions = { kind: 'sessions', bounce: 'one-event' }
    const shares = (await asked(sessions)) as { readonly bounceShare: number }
    expect(shares).toMatchObject({
      sessions: 4519,
      singleEvent: 1665,
      visitors: 4505,
      events: 17_435,
    })
    expect(shares.bounceShare).toBeCloseTo(0.368444, 6)
    const conversion = { kind: 'metrics', metrics: ['conversion'], per: 'sessions' }
    expect(await asked(conversion)).toMatchObject({
      conversion: { count: 193, of: 4519, share: expect.closeTo(0.042709, 6) },
    })
  })

  test('[QU6] purchase revenue 59,442.63 of 214 purchases', async () => {
    expect(await asked({ kind: 'metrics', metrics: ['value'] })).toMatchObject({
      value: { revenue: 59_442.63, refunds: 0, orders: 214 },
    })
  })

  test.each([false, true])(
    '[QU6] transitions between views, carts and purchases, times: %s',
    async (times) => {
      const edge = (from: string, to: string, count: number) =>
        expect.objectContaining({ from, to, count })
      expect(await asked({ kind: 'paths', view: 'graph', times })).toMatchObject({
        customers: 4505,
        edges: expect.arrayContaining([
          edge('view', 'view', 12_369),
          edge('view', 'purchase', 145),
          edge('purchase', 'view', 136),
          edge('view', 'cart', 136),
          edge('cart', 'purchase', 66),
        ]),
      })
    },
  )
})
