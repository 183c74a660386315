import {
  identitiesQuery,
  type IdentityRow,
  type OwnedKeyRow,
  ownedKeysQuery,
  type Reading,
  type Removal,
  type Stretch,
  type TraitRow,
  traitsOfQuery,
  wholeKeys,
} from '@parcurs/analytics'
import type { IdentityKey } from '@parcurs/domain'
import type { ErasureList } from '../backups/erasure-list.ts'
import { readingOf } from '../journeys/reading.ts'
import type { EventStore } from '../log/event-store.ts'
import { remove, type RemovalCount } from './remove.ts'

export interface ErasureNeeds {
  readonly store: EventStore
  readonly list: ErasureList
  /** Rows elsewhere that quote what the customer is known by: refused calls, refused rows of files. */
  readonly forget: (workspace: number, ids: readonly string[]) => Promise<void>
  /** Rows elsewhere that hold the customer's keys: lists, members of watched segments. */
  readonly forgetKeys: (workspace: number, keys: readonly IdentityKey[]) => Promise<void>
  readonly clock: () => number
}

export interface Erased extends RemovalCount {
  readonly untoldBackups: readonly string[]
}

/**
 * Erases a customer: everything under every key that is theirs, at the times when it was. First the list of
 * erasures knows it, so that no back-up brings back what is gone; then it is hidden and nobody is linked by it;
 * the bytes go with the next fold.
 *
 * @param customer as readings name them today
 * @returns null: nobody is known by that key
 */
export async function eraseCustomer(
  { store, list, forget, forgetKeys, clock }: ErasureNeeds,
  workspace: number,
  customer: IdentityKey,
): Promise<Erased | null> {
  const reading = await readingOf(store.stores, workspace)
  const { clickhouse } = store.stores
  const [identities, traits] = await Promise.all([
    clickhouse.rows<IdentityRow>(identitiesQuery(reading, customer)),
    clickhouse.rows<TraitRow>(traitsOfQuery(reading, [customer])),
  ])
  if (identities.length === 0 && traits.length === 0) return null
  const keys = wholeKeys(await stretchesOf(store, reading, customer))
  const { untoldBackups } = await list.add(workspace, keys, clock())
  await forget(
    workspace,
    identities.map(({ value }) => value),
  )
  // Before, so that nobody is told that they left; and after, since who follows the log may have met them meanwhile.
  await forgetKeys(workspace, keys)
  const counted = await remove(store, workspace, (now, commit) =>
    erasure(store, now, customer, 0n, commit),
  )
  await forgetKeys(workspace, keys)
  return { ...counted, untoldBackups }
}

/** Erases a customer again whom a restored back-up brought back. @param before commits from this one on are kept */
export async function eraseAgain(
  store: EventStore,
  workspace: number,
  customer: IdentityKey,
  before: bigint,
): Promise<RemovalCount> {
  return await remove(store, workspace, (now) => erasure(store, now, customer, 0n, before))
}

async function erasure(
  store: EventStore,
  reading: Reading,
  customer: IdentityKey,
  fromCommit: bigint,
  commit: bigint,
): Promise<Removal> {
  const stretches = await stretchesOf(store, reading, customer)
  return { fromCommit, commit, of: { kind: 'customer', stretches } }
}

/** Which part of which key is the customer's. */
async function stretchesOf(
  { stores }: EventStore,
  reading: Reading,
  customer: IdentityKey,
): Promise<readonly Stretch[]> {
  const rows = await stores.clickhouse.rows<OwnedKeyRow>(ownedKeysQuery(reading, customer))
  const owned = rows.flatMap((row) => stretchesIn(row, customer))
  const own = { key: customer, fromMs: null, toMs: null }
  return [own, ...owned.filter(({ key }) => key !== customer)]
}

/** The first owner has everything earlier too, the last everything later. */
export function stretchesIn(
  { key, from_ms, customers }: OwnedKeyRow,
  customer: IdentityKey,
): readonly Stretch[] {
  const stretches: Stretch[] = []
  customers.forEach((owner, i) => {
    if (BigInt(owner) !== customer) return
    const fromMs = i === 0 ? null : Number(from_ms[i])
    const toMs = i === customers.length - 1 ? null : Number(from_ms[i + 1])
    const last = stretches.at(-1)
    if (last !== undefined && last.toMs === fromMs)
      stretches[stretches.length - 1] = { ...last, toMs }
    else stretches.push({ key: BigInt(key), fromMs, toMs })
  })
  return stretches
}
