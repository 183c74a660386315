/**
 * Conditions joined by all, any and none. What a leaf is differs (an event's property, a customer's trait);
 * how they are joined, counted and refused stands here, once.
 */
export type Nest<Leaf> = Group<Leaf> | Leaf

export interface Group<Leaf> {
  /** `none`: not one of these. An empty `all` and an empty `none` hold, an empty `any` does not. */
  readonly kind: GroupKind
  readonly rules: readonly Nest<Leaf>[]
}

export const GROUP_KINDS = ['all', 'any', 'none'] as const
export type GroupKind = (typeof GROUP_KINDS)[number]

/** What every leaf is: told from a group, and from other leaves, by its kind. */
export interface AnyLeaf {
  readonly kind: string
}

export function isGroup<Leaf extends AnyLeaf>(nest: Nest<Leaf>): nest is Group<Leaf> {
  return nest.kind === 'all' || nest.kind === 'any' || nest.kind === 'none'
}

/** @param passes asked of leaves until the answer stands */
export function holds<Leaf extends AnyLeaf>(
  nest: Nest<Leaf>,
  passes: (leaf: Leaf) => boolean,
): boolean {
  if (!isGroup(nest)) return passes(nest)
  switch (nest.kind) {
    case 'all':
      return nest.rules.every((rule) => holds(rule, passes))
    case 'any':
      return nest.rules.some((rule) => holds(rule, passes))
    case 'none':
      return !nest.rules.some((rule) => holds(rule, passes))
  }
}

/**
 * As `holds` where not every leaf can be decided.
 *
 * @param passes null: it depends
 * @returns null: it depends; a nest is decided as soon as its decided leaves settle it
 */
export function decided<Leaf extends AnyLeaf>(
  nest: Nest<Leaf>,
  passes: (leaf: Leaf) => boolean | null,
): boolean | null {
  if (!isGroup(nest)) return passes(nest)
  const parts = nest.rules.map((rule) => decided(rule, passes))
  const settling = nest.kind !== 'all'
  const settled = nest.kind === 'any'
  if (parts.includes(settling)) return settled
  return parts.includes(null) ? null : !settled
}

/** The same nest with each leaf replaced, by a leaf or by a nest of its own. */
export function replaceLeaves<Leaf extends AnyLeaf, Other extends AnyLeaf>(
  nest: Nest<Leaf>,
  replace: (leaf: Leaf) => Nest<Other>,
): Nest<Other> {
  if (!isGroup(nest)) return replace(nest)
  return { kind: nest.kind, rules: nest.rules.map((rule) => replaceLeaves(rule, replace)) }
}

/** In reading order. */
export function leavesOf<Leaf extends AnyLeaf>(nest: Nest<Leaf>): readonly Leaf[] {
  return isGroup(nest) ? nest.rules.flatMap((rule) => leavesOf(rule)) : [nest]
}
