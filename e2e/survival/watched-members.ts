import {
  decider,
  NO_FACTS,
  resolveSegments,
  type SegmentEvent,
  type SegmentScope,
  UTC,
} from '@parcurs/domain'
import { sql } from 'kysely'
import { readConfig } from '../../apps/server/src/config/config.ts'
import { identityKey } from '../../apps/server/src/identity/identity-key.ts'
import { unsigned } from '../../apps/server/src/membership/kept-changes.ts'
import { asSystem } from '../../apps/server/src/postgres/workspace-scope.ts'
import { openStores } from '../../apps/server/src/stores/stores.ts'
import { CUSTOMERS, nameOf, RULES, timeOf } from './watched-rules.ts'

/** What is known of each customer, by the key that the stores have for them. */
export function factsOf(
  numbers: readonly number[],
  beganMs: number,
): ReadonlyMap<string, readonly SegmentEvent[]> {
  const byCustomer = new Map<string, SegmentEvent[]>()
  const inOrder = numbers.toSorted((a, b) => timeOf(a, beganMs) - timeOf(b, beganMs))
  for (const number of inOrder) {
    const customer = String(identityKey(WORKSPACE, 'user', `customer-${number % CUSTOMERS}`))
    const name = nameOf(number)
    const events = byCustomer.get(customer) ?? []
    byCustomer.set(customer, events)
    events.push({
      timeMs: timeOf(number, beganMs),
      type: 'track',
      name,
      channel: 'other',
      path: '',
      value: name === 'purchase' ? 250_000 : 0,
      properties: {},
    })
  }
  return byCustomer
}

/** The workspace that every installation begins with. */
const WORKSPACE = 1

/** The rules name neither touchpoints nor maps, and no calendar. */
const NOTHING_NAMED: SegmentScope = {
  zone: UTC,
  weekStart: 'monday',
  period: null,
  touchpoint: () => null,
  map: () => null,
}

interface Change {
  readonly segment_id: string
  readonly customer: string
  readonly entered: boolean
}

/** Of a data folder whose server is stopped: who is in the segments and who should be, and what was told of it. */
export async function compared(
  home: string,
  ids: readonly string[],
  known: ReadonlyMap<string, readonly SegmentEvent[]>,
) {
  const stores = await openStores({ ...readConfig({ PARCURS_HOME: home }), log: () => {} })
  try {
    const { readToMs, rows, changes } = await asSystem(stores.database, async (tx) => ({
      readToMs: (
        await tx
          .selectFrom('watching')
          .select('read_to_ms')
          .where('lane', '=', 'collected')
          .executeTakeFirstOrThrow()
      ).read_to_ms,
      rows: (
        await sql<{ segment_id: string; customer: string }>`
          select segment_id, customer::text from segment_members where member`.execute(tx)
      ).rows,
      changes: (
        await sql<Change>`
          select segment_id, customer::text, entered from segment_changes order by id`.execute(tx)
      ).rows,
    }))
    if (readToMs === null) throw new Error('nothing was looked at')
    const due = new Set<string>()
    for (const [i, rule] of Object.values(RULES).entries()) {
      const decide = decider(
        resolveSegments(rule, () => null),
        NOTHING_NAMED,
      )
      for (const [customer, events] of known) {
        if (decide({ ...NO_FACTS, events })(readToMs).member) due.add(`${ids[i]} ${customer}`)
      }
    }
    const members = new Set(
      rows.map(({ segment_id, customer }) => `${segment_id} ${unsigned(customer)}`),
    )
    const inside = new Set<string>()
    const twice: string[] = []
    for (const { segment_id, customer, entered } of changes) {
      const of = `${segment_id} ${unsigned(customer)}`
      if (inside.has(of) === entered) twice.push(of)
      if (entered) inside.add(of)
      else inside.delete(of)
    }
    return {
      members: due.size,
      changes: changes.length,
      left: changes.filter(({ entered }) => !entered).length,
      different: [...apart(due, members)],
      twice,
      untold: [...apart(members, inside)],
    }
  } finally {
    await stores.close()
  }
}

function apart(one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] {
  return [...[...one].filter((of) => !other.has(of)), ...[...other].filter((of) => !one.has(of))]
}
