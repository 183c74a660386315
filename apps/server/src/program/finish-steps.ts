import type { EventStore } from '../log/event-store.ts'
import { joinEmailDevices, joinEmailIds } from '../customers/join-email-ids.ts'

/** Work on existing data that SQL cannot do. Each may be cut short and done again. */
const STEPS: readonly {
  readonly name: string
  readonly work: (store: EventStore, nowMs: number) => Promise<void>
}[] = [
  { name: 'email-ids', work: joinEmailIds },
  { name: 'email-devices', work: joinEmailDevices },
]

/** Brings existing data forward behind the schema; of a new data folder there is none. */
export async function finishSteps(store: EventStore, clock: () => number): Promise<void> {
  const { database } = store.stores
  const rows = await database.selectFrom('finished_steps').select('name').execute()
  const finished = new Set(rows.map(({ name }) => name))
  for (const { name, work } of STEPS) {
    if (finished.has(name)) continue
    await work(store, clock())
    await database
      .insertInto('finished_steps')
      .values({ name })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute()
  }
}
