import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventStore } from '../log/event-store.ts'
import { fold } from '../journeys/fold.ts'
import type { Progress } from '../terminal/progress.ts'
import { loadDemoShop, wantsDemoShop } from './load-demo-shop.ts'

export interface FirstDemoNeeds {
  readonly events: EventStore
  readonly clock: () => number
  readonly ownerId: number
  readonly progress: Progress
  /** The data folder: the truth about the simulated shop is written there. */
  readonly home: string
}

/** On an unused installation loads the demo shop; takes up a load that was cut short. */
export async function firstDemo(needs: FirstDemoNeeds): Promise<void> {
  const { events, clock, progress, home, ownerId } = needs
  if (!(await wantsDemoShop(events))) return
  await progress.during('Loading the demo shop', async (say) => {
    const loaded = await loadDemoShop({
      events,
      clock,
      ownerId,
      fold: async (workspace) => {
        say('folding the journeys')
        await fold(events.stores, workspace, { wait: true, nowMs: clock() })
      },
      progress: (done) =>
        say(`${done.customers} of ${done.ofCustomers} customers, ${done.events} events`),
    })
    if (loaded === null) return
    writeFileSync(join(home, 'demo-shop-truth.json'), `${JSON.stringify(loaded.truth, null, 2)}\n`)
  })
}
