import { SIMULATED_SOURCE } from '@parcurs/domain'
import { DEMO_SHOP, type ShopOptions, type ShopTruth, simulateShop } from '@parcurs/demo-shop'
import { type EventStore } from '../log/event-store.ts'
import { type Sender, storeEvents } from '../collect/store-events.ts'
import { demoWorkspace, makeDemoWorkspace, markLoaded } from './demo-workspace.ts'

const SHOP: Sender = { source: SIMULATED_SOURCE, space: 'server' }

export interface DemoLoading {
  readonly events: EventStore
  readonly clock: () => number
  /** Who may enter the workspace; null: nobody yet. */
  readonly ownerId: number | null
  /** Folds the workspace's journeys, so that the first map is drawn at full speed. */
  readonly fold: (workspace: number) => Promise<void>
  /** Smaller in tests. */
  readonly shop?: Omit<ShopOptions, 'endMs'>
  /** Told after each batch. */
  readonly progress: (done: DemoProgress) => void
}

export interface DemoProgress {
  readonly customers: number
  readonly ofCustomers: number
  readonly events: number
}

export interface DemoLoaded {
  readonly workspace: number
  /** What is wrong with the shop, and what it costs. */
  readonly truth: ShopTruth
}

/**
 * Loads the simulated shop into its own workspace, which is made when it is missing. Killed midway it is
 * taken up by the next call: the same events come again, and those that are stored are known by their ids.
 *
 * @returns null when it was loaded before
 */
export async function loadDemoShop(loading: DemoLoading): Promise<DemoLoaded | null> {
  const { events, clock, fold, progress } = loading
  const { database } = events.stores
  const demo =
    (await demoWorkspace(database)) ?? (await makeDemoWorkspace(database, clock(), loading.ownerId))
  if (demo.loaded) return null
  const size = loading.shop ?? DEMO_SHOP
  const shop = simulateShop({ ...size, endMs: demo.endMs })
  let count = 0
  for (;;) {
    const step = shop.next()
    if (step.done === true) {
      await fold(demo.id)
      await markLoaded(database, demo.id, clock())
      return { workspace: demo.id, truth: step.value }
    }
    await storeEvents(events, demo.id, step.value, clock(), SHOP)
    count += step.value.events.length
    progress({
      customers: step.value.customersDone,
      ofCustomers: size.customers,
      events: count,
    })
  }
}

/** True on a data folder that was never used, or whose first load was cut short. */
export async function wantsDemoShop({ stores }: Pick<EventStore, 'stores'>): Promise<boolean> {
  const demo = await demoWorkspace(stores.database)
  if (demo !== null) return !demo.loaded
  const used = await stores.database.selectFrom('workspaces').select('id').executeTakeFirst()
  return used === undefined
}
