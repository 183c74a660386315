import {
  alreadyOwns,
  type IdentityKey,
  isUserKey,
  mergedUsers,
  NOBODY_LINKED,
  type Ownership,
  ownershipOf,
  ownersSince,
  relinked,
  relinkedSince,
} from '@parcurs/domain'
import type { Removal } from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import type { LinkFact, LinkNeed } from './link-facts.ts'
import { linkFacts } from './link-facts.ts'
import { mergesAround } from './merge-group.ts'
import type { OwnerCache } from './owner-cache.ts'
import { type OwnerCause, type OwnerRow, ownerRowsNaming, storedOwnerRow } from './owner-rows.ts'

/** What one commit says about who is who. */
export interface IdentityFacts {
  /** From events and identify calls with both ids. */
  readonly links: readonly LinkFact[]
  /** Those of them that no event will remember. */
  readonly statedLinks: readonly StatedLink[]
  readonly merges: readonly MergeFact[]
}

export interface StatedLink extends LinkFact {
  /** What brought it. */
  readonly source: number
}

export interface MergeFact {
  /** A user's key, or an anonymous id's. */
  readonly previous: IdentityKey
  readonly user: IdentityKey
  readonly timeMs: number
  readonly undone: boolean
  /** What brought it. */
  readonly source: number
}

/**
 * A device that changed hands so often is a public terminal: its anonymous events stay with whom they are,
 * since every further change would rewrite the whole list. (Here alone the order of arrival matters.)
 */
const MOST_HANDS = 1000

export interface IdentityStore {
  readonly clickhouse: ClickHouse
  readonly owners: OwnerCache
  /** What was taken away: no link and no merge. */
  readonly removals: () => Promise<readonly Removal[]>
}

/**
 * Writes down what the facts change about the owners of keys. To be called inside the workspace's commit,
 * before its events are inserted: everything here can be done twice.
 */
export async function changeIdentity(
  store: IdentityStore,
  workspace: number,
  facts: IdentityFacts,
  commit: number,
  nowMs: number,
): Promise<void> {
  const { clickhouse, owners } = store
  const { links, statedLinks, merges } = facts
  if (links.length === 0 && merges.length === 0) return
  if (merges.length > 0) {
    await clickhouse.insert(
      'aliases',
      merges.map(({ previous, user, timeMs, undone, source }) => ({
        workspace,
        previous,
        user,
        time: timeMs,
        source,
        undone: undone ? 1 : 0,
        version: commit,
        received: nowMs,
      })),
    )
  }
  const byAnonymous = new Map<IdentityKey, LinkFact[]>()
  const note = (fact: LinkFact) => {
    const held = byAnonymous.get(fact.anonymous)
    if (held === undefined) byAnonymous.set(fact.anonymous, [fact])
    else held.push(fact)
  }
  links.forEach(note)
  const undoneAnonymous = new Set<IdentityKey>()
  for (const { previous, user, timeMs, undone } of merges) {
    if (isUserKey(previous)) continue
    if (undone) undoneAnonymous.add(previous)
    else note({ anonymous: previous, user, timeMs })
  }

  // Users too, in the same look-up: who is newly linked is asked for below, and is known then.
  const asked = new Set([
    ...byAnonymous.keys(),
    ...undoneAnonymous,
    ...[...byAnonymous.values()].flatMap((held) => held.map(({ user }) => user)),
  ])
  const known = await owners.get(workspace, [...asked])
  const changed = await relinkedKeys(store, workspace, known, byAnonymous, undoneAnonymous)
  const groups = await mergedGroups(
    store,
    workspace,
    merges.flatMap(({ previous, user }) => (isUserKey(previous) ? [previous, user] : [])),
  )
  const rows = await changedRows(store, workspace, changed, groups, {
    asked,
    known,
  })

  const writes: Promise<void>[] = []
  if (statedLinks.length > 0) {
    writes.push(
      clickhouse.insert(
        'links',
        statedLinks.map(({ anonymous, timeMs, user, source }) => ({
          workspace,
          anonymous,
          time: timeMs,
          user,
          source,
          commit,
        })),
      ),
    )
  }
  if (rows.length > 0) {
    writes.push(
      clickhouse.insert(
        'owners',
        rows.map((row) =>
          storedOwnerRow(workspace, row, commit, causeOf(row.key, merges, byAnonymous)),
        ),
      ),
    )
  }
  await Promise.all(writes)
  owners.put(rows)
}

/** A key changes its owner because it was linked itself, or because the users it is linked to were merged. */
function causeOf(
  key: IdentityKey,
  merges: readonly MergeFact[],
  linked: ReadonlyMap<IdentityKey, unknown>,
): OwnerCause {
  const own = merges.filter(({ previous }) => previous === key)
  if (!isUserKey(key) && own.length === 0 && (linked.has(key) || merges.length === 0)) return 'link'
  const among = own.length > 0 ? own : merges
  return among.some(({ undone }) => undone) ? 'undo' : 'alias'
}

/** Keys whose owners may rest on facts that were taken away. */
export interface PartedKeys {
  readonly anonymous: readonly IdentityKey[]
  readonly users: readonly IdentityKey[]
  /** Of a customer who is forgotten: no row names them any more. */
  readonly forgotten: ReadonlySet<IdentityKey>
}

/** Writes down who owns the keys now, from all facts that are left. To be called inside a commit; may be done twice. */
export async function partIdentity(
  store: IdentityStore,
  workspace: number,
  { anonymous, users, forgotten }: PartedKeys,
  commit: number,
): Promise<void> {
  const groups = await mergedGroups(store, workspace, users)
  for (let at = 0; at === 0 || at < anonymous.length; at += PARTED_AT_ONCE) {
    const some = anonymous.slice(at, at + PARTED_AT_ONCE)
    const asked = new Set([...some, ...users])
    const known = await store.owners.get(workspace, [...asked])
    const changed = await relinkedKeys(store, workspace, known, new Map(), new Set(some))
    const rows = await changedRows(store, workspace, changed, groups, { asked, known })
    const left = rows
      .filter(({ key }) => !forgotten.has(key))
      .map((row) => ({ ...row, before: row.before.filter((key) => !forgotten.has(key)) }))
    await store.clickhouse.insert(
      'owners',
      left.map((row) => storedOwnerRow(workspace, row, commit, 'removal')),
    )
    store.owners.put(left)
  }
  store.owners.forget(forgotten)
}

const PARTED_AT_ONCE = 20_000

/** The ownership of every anonymous id for which the facts change it. */
async function relinkedKeys(
  { clickhouse, removals }: IdentityStore,
  workspace: number,
  known: ReadonlyMap<IdentityKey, OwnerRow>,
  byAnonymous: ReadonlyMap<IdentityKey, readonly LinkFact[]>,
  undone: ReadonlySet<IdentityKey>,
): Promise<ReadonlyMap<IdentityKey, Ownership>> {
  const changed = new Map<IdentityKey, Ownership>()
  const needs: LinkNeed[] = []
  for (const anonymous of undone) {
    needs.push({ anonymous, sinceMs: Number.MIN_SAFE_INTEGER, users: null })
  }
  for (const [anonymous, facts] of byAnonymous) {
    if (undone.has(anonymous)) continue
    const ownership = known.get(anonymous)?.ownership ?? NOBODY_LINKED
    if (ownership.users.length === 0) {
      changed.set(anonymous, ownershipOf(facts))
      continue
    }
    if (ownership.users.length >= MOST_HANDS) continue
    const news = facts.filter((fact) => !alreadyOwns(ownership, fact))
    if (news.length === 0) continue
    const first = news.reduce((least, { timeMs }) => Math.min(least, timeMs), Infinity)
    const sinceMs = relinkedSince(ownership, first)
    const users = [...ownersSince(ownership, sinceMs), ...facts.map(({ user }) => user)]
    needs.push({ anonymous, sinceMs, users: [...new Set(users)] })
  }
  const links = new Map<IdentityKey, LinkFact[]>(needs.map((need) => [need.anonymous, []]))
  const gone = needs.length === 0 ? [] : await removals()
  for (const fact of await linkFacts(clickhouse, workspace, needs, gone)) {
    links.get(fact.anonymous)?.push(fact)
  }
  for (const { anonymous, sinceMs } of needs) {
    const all = [...(links.get(anonymous) ?? []), ...(byAnonymous.get(anonymous) ?? [])]
    const ownership = undone.has(anonymous)
      ? NOBODY_LINKED
      : (known.get(anonymous)?.ownership ?? NOBODY_LINKED)
    changed.set(anonymous, relinked(ownership, sinceMs, all))
  }
  return changed
}

/** Which customer each of the users, and each user merged with one of them, is now. */
async function mergedGroups(
  { clickhouse, removals }: IdentityStore,
  workspace: number,
  users: readonly IdentityKey[],
): Promise<ReadonlyMap<IdentityKey, IdentityKey>> {
  if (users.length === 0) return new Map()
  const standing = await mergesAround(clickhouse, workspace, users, await removals())
  const groups = new Map(mergedUsers(standing.filter(({ previous }) => isUserKey(previous))))
  for (const user of users) if (!groups.has(user)) groups.set(user, user)
  return groups
}

/** What was looked up: keys asked for and not found are simply themselves. */
interface Looked {
  readonly asked: ReadonlySet<IdentityKey>
  readonly known: ReadonlyMap<IdentityKey, OwnerRow>
}

async function changedRows(
  { clickhouse, owners }: IdentityStore,
  workspace: number,
  relinkedTo: ReadonlyMap<IdentityKey, Ownership>,
  groups: ReadonlyMap<IdentityKey, IdentityKey>,
  { asked, known: first }: Looked,
): Promise<readonly OwnerRow[]> {
  const named = [...groups.keys()]
  const users = [...relinkedTo.values()].flatMap((ownership) => ownership.users)
  const [naming, later] = await Promise.all([
    ownerRowsNaming(clickhouse, workspace, named),
    owners.get(
      workspace,
      users.concat(named).filter((key) => !asked.has(key)),
    ),
  ])
  const known = new Map([...first, ...later])
  const customerOf = (user: IdentityKey) =>
    groups.get(user) ?? known.get(user)?.customers[0] ?? user
  const ownerships = new Map<IdentityKey, Ownership>([
    ...[...naming].map(([key, row]) => [key, row.ownership] as const),
    ...named.map((user) => [user, { fromMs: [0], users: [user] }] as const),
    ...relinkedTo,
  ])
  const rows: OwnerRow[] = []
  for (const [key, ownership] of ownerships) {
    const held = naming.get(key) ?? known.get(key)
    const customers = ownership.users.map(customerOf)
    if (same(held, ownership, customers, key)) continue
    const before = new Set([...(held?.before ?? []), ...(held?.customers ?? []), key])
    rows.push({ key, ownership, customers, before: [...before] })
  }
  return rows
}

function same(
  held: OwnerRow | undefined,
  ownership: Ownership,
  customers: readonly IdentityKey[],
  key: IdentityKey,
): boolean {
  if (held === undefined) return customers.length === 1 && customers[0] === key
  return (
    equal(held.customers, customers) &&
    equal(held.ownership.users, ownership.users) &&
    equal(held.ownership.fromMs, ownership.fromMs)
  )
}

function equal<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}
