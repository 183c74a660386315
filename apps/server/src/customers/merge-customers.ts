import { compile, param, sql } from '@parcurs/analytics'
import { type IdentityKey, isUserKey, PEOPLE_SOURCE } from '@parcurs/domain'
import { storeCommit } from '../log/store-commit.ts'
import type { EventStore } from '../log/event-store.ts'
import { changeIdentity, type MergeFact } from '../identity/identity-change.ts'
import type { OwnerRow } from '../identity/owner-rows.ts'

export type Merged =
  | { readonly ok: true; readonly customer: IdentityKey; readonly other: IdentityKey }
  | { readonly ok: false; readonly detail: string }

const UNDONE_WITHIN_MS = 30 * 86_400_000

/** Merges a customer into another. One of them must have a user id: it is the one that stays. */
export async function mergeCustomers(
  store: EventStore,
  workspace: number,
  asked: { readonly customer: IdentityKey; readonly into: IdentityKey },
  nowMs: number,
): Promise<Merged> {
  const { clickhouse } = store.stores
  for (const key of [asked.customer, asked.into]) {
    if (!(await isKnown(store, workspace, key))) return no(`no customer ${key} in this workspace`)
  }
  return await storeCommit(store, workspace, async (commit) => {
    const rows = await store.owners.get(workspace, [asked.customer, asked.into])
    const customer = today(rows, asked.customer)
    const into = today(rows, asked.into)
    if (customer === into) return no(`${asked.customer} and ${asked.into} are one customer already`)
    const [previous, user] = isUserKey(into) ? [customer, into] : [into, customer]
    if (!isUserKey(user)) {
      return no('both customers are anonymous: expected one of them to have a user id')
    }
    const merge: MergeFact = { previous, user, timeMs: nowMs, undone: false, source: PEOPLE_SOURCE }
    const facts = { links: [], statedLinks: [], merges: [merge] }
    await changeIdentity(
      { clickhouse, owners: store.owners, removals: commit.removals },
      workspace,
      facts,
      commit.number,
      nowMs,
    )
    return await both(store, workspace, previous, user)
  })
}

/** Undoes the merge between two keys, whichever of them was merged into the other. */
export async function unmergeCustomers(
  store: EventStore,
  workspace: number,
  asked: { readonly customer: IdentityKey; readonly into: IdentityKey },
  nowMs: number,
): Promise<Merged> {
  const { clickhouse } = store.stores
  return await storeCommit(store, workspace, async (commit) => {
    const { customer, into } = asked
    const pair = param.keys([customer, into])
    const rows = await clickhouse.rows<{
      previous: string
      user: string
      time: string
      received: string
      source: number
    }>(
      compile(sql`
        SELECT previous, user, time, received, source FROM aliases FINAL
        WHERE workspace = ${param.workspace(workspace)} AND undone = 0
          AND previous IN ${pair} AND user IN ${pair}`),
    )
    if (rows.length === 0) return no(`${customer} and ${into} were not merged with each other`)
    // A merge that was said again is as old as when it was first said.
    if (rows.some(({ received }) => nowMs - Number(received) > UNDONE_WITHIN_MS)) {
      return no('the merge is older than 30 days: expected a later one')
    }
    const merges = rows.map((row) => ({
      previous: BigInt(row.previous),
      user: BigInt(row.user),
      timeMs: Number(row.time),
      undone: true,
      source: row.source,
    }))
    const facts = { links: [], statedLinks: [], merges }
    await changeIdentity(
      { clickhouse, owners: store.owners, removals: commit.removals },
      workspace,
      facts,
      commit.number,
      nowMs,
    )
    return await both(store, workspace, customer, into)
  })
}

async function both(
  store: EventStore,
  workspace: number,
  customer: IdentityKey,
  other: IdentityKey,
): Promise<Merged> {
  const rows = await store.owners.get(workspace, [customer, other])
  return { ok: true, customer: today(rows, customer), other: today(rows, other) }
}

/** Who a key's latest events belong to. */
function today(rows: ReadonlyMap<IdentityKey, OwnerRow>, key: IdentityKey): IdentityKey {
  return rows.get(key)?.customers.at(-1) ?? key
}

async function isKnown(
  { stores }: EventStore,
  workspace: number,
  key: IdentityKey,
): Promise<boolean> {
  const id = param.workspace(workspace)
  const rows = await stores.clickhouse.rows(
    compile(sql`
      SELECT 1 FROM events WHERE workspace = ${id} AND key = ${param.key(key)} LIMIT 1
      UNION ALL SELECT 1 FROM trait_values WHERE workspace = ${id} AND key = ${param.key(key)} LIMIT 1
      UNION ALL SELECT 1 FROM owners
        WHERE workspace = ${id} AND (key = ${param.key(key)} OR has(customers, ${param.key(key)})) LIMIT 1`),
  )
  return rows.length > 0
}

function no(detail: string): Merged {
  return { ok: false, detail }
}
