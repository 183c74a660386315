import type { EventKind } from '../event.ts'
import { decideKind, type MatchRule } from './event-condition.ts'
import { isGroup, leavesOf } from './nest.ts'

/** A rule that does not fail for a kind. */
export interface KindMatch {
  /** Which rule. */
  readonly index: number
  /** null: it depends on the event itself. */
  readonly matches: true | null
}

/** Names and paths outside of which a rule fails for a kind that tells both. */
interface Bound {
  readonly names: readonly string[]
  readonly paths: readonly string[]
}

const NONE: readonly KindMatch[] = []

/**
 * Decides many rules for many kinds, as `decideKind` does each for each: a vocabulary at its limit has 45,000 kinds, a
 * map fifty rules, and most rules fail for most kinds by name or path alone, without being looked at.
 *
 * @returns a call for a kind's rules that do not fail, in their order
 */
export function kindDecider(
  rules: readonly MatchRule[],
): (kind: EventKind) => readonly KindMatch[] {
  const byName = new Map<string, number[]>()
  const byPath = new Map<string, number[]>()
  const unbound: number[] = []
  rules.forEach((rule, index) => {
    const bound = boundOf(rule)
    if (bound === null) return void unbound.push(index)
    for (const name of bound.names) add(byName, name, index)
    for (const path of bound.paths) add(byPath, path, index)
  })
  const all = rules.map((_, index) => index)

  function candidates({ name, path, coarse, coarseName }: EventKind): readonly number[] {
    if (coarse || coarseName === true) return all
    const named = byName.get(name)
    const placed = byPath.get(path)
    if (named === undefined && placed === undefined) return unbound
    return [...new Set([...unbound, ...(named ?? []), ...(placed ?? [])])].sort((a, b) => a - b)
  }

  // What tells nothing of its path, and whose name no rule names, is decided by its channel alone.
  const named = new Set(
    rules
      .flatMap((rule) => leavesOf(rule))
      .flatMap((leaf) => (leaf.kind === 'event' ? leaf.names : [])),
  )
  const byChannel = new Map<string, readonly KindMatch[]>()

  return (kind) => {
    if (named.has(kind.name) || (!kind.coarse && kind.path !== '')) return decide(kind)
    const like = `${kind.coarse} ${kind.coarseName === true} ${kind.channel}`
    const known = byChannel.get(like)
    if (known !== undefined) return known
    const found = decide(kind)
    byChannel.set(like, found)
    return found
  }

  function decide(kind: EventKind): readonly KindMatch[] {
    let found: KindMatch[] | null = null
    for (const index of candidates(kind)) {
      const rule = rules[index]
      const matches = rule === undefined ? false : decideKind(rule, kind)
      if (matches !== false) (found ??= []).push({ index, matches })
    }
    return found ?? NONE
  }
}

/** null: the rule may hold for any name and path. */
function boundOf(rule: MatchRule): Bound | null {
  if (isGroup(rule)) {
    const bounds = rule.rules.map(boundOf)
    if (rule.kind === 'all') return bounds.find((bound) => bound !== null) ?? null
    if (rule.kind === 'none' || bounds.includes(null)) return null
    return {
      names: bounds.flatMap((bound) => bound?.names ?? []),
      paths: bounds.flatMap((bound) => bound?.paths ?? []),
    }
  }
  if (rule.kind === 'event') return { names: rule.names, paths: [] }
  if (rule.kind === 'url' && rule.op === 'equals') return { names: [], paths: [rule.value] }
  return null
}

function add(index: Map<string, number[]>, key: string, rule: number): void {
  const held = index.get(key)
  if (held === undefined) index.set(key, [rule])
  else if (held.at(-1) !== rule) held.push(rule)
}
