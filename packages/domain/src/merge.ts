import type { IdentityKey } from './identity.ts'

/** One customer was declared to be another: by an alias call or the merge API. */
export interface Merge {
  readonly previous: IdentityKey
  readonly user: IdentityKey
}

/**
 * Which customer each merged user is: merges join whole groups, transitively, and a group goes by the
 * user that was never itself declared to be another (the greatest key of them; of all, in a circle).
 * A function of the set of merges, so the order of arrival does not matter.
 *
 * @returns every user named in a merge; those not in it are themselves
 */
export function mergedUsers(merges: readonly Merge[]): ReadonlyMap<IdentityKey, IdentityKey> {
  const parent = new Map<IdentityKey, IdentityKey>()
  const rootOf = (key: IdentityKey): IdentityKey => {
    let root = key
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root))
      root = up
    for (let at = key; at !== root; ) {
      const up = parent.get(at) ?? root
      parent.set(at, root)
      at = up
    }
    return root
  }
  const moved = new Set<IdentityKey>()
  for (const { previous, user } of merges) {
    for (const key of [previous, user]) if (!parent.has(key)) parent.set(key, key)
    if (previous !== user) moved.add(previous)
    parent.set(rootOf(previous), rootOf(user))
  }
  const named = new Map<IdentityKey, IdentityKey>()
  for (const key of parent.keys()) {
    const root = rootOf(key)
    const best = named.get(root)
    if (best === undefined || better(key, best)) named.set(root, key)
  }
  return new Map([...parent.keys()].map((key) => [key, named.get(rootOf(key)) ?? key]))

  function better(key: IdentityKey, than: IdentityKey): boolean {
    const stays = !moved.has(key)
    return stays === moved.has(than) ? stays : key > than
  }
}
