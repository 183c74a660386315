import { humanName } from './event-words.ts'
import type { KindGroup } from './kind-group.ts'
import type { GroupUse, Precedence } from './propose-map.ts'

/** One step to be: a group of kinds, or several that are variants of one thing. */
export interface Place extends GroupUse {
  /** At least one; of one the place is its use. */
  readonly variants: readonly GroupUse[]
}

/** Who meets two groups: what alternatives are told by. */
export interface Meetings {
  /** Customers of the whole workspace. */
  readonly customers: number
  /** In how many customers the first comes first; 0 also where nothing is known. */
  readonly first: (a: GroupUse, b: GroupUse) => number
  /** Customers who meet both, of all customers. */
  readonly together: (a: GroupUse, b: GroupUse) => number
  /** Those who meet it were seen to meet something else too. */
  readonly known: (use: GroupUse) => boolean
}

/** Pairs are counted among so many customers at most. */
export const PAIRED_CUSTOMERS = 20_000

export function meetingsOf(
  uses: readonly GroupUse[],
  precedences: readonly Precedence[],
  customers: number,
): Meetings {
  const counts = new Map<GroupUse, Map<GroupUse, number>>()
  const known = new Set<GroupUse>()
  for (const { before, after, customers: many } of precedences) {
    const [a, b] = [uses[before], uses[after]]
    if (a === undefined || b === undefined) continue
    const later = counts.get(a) ?? new Map<GroupUse, number>()
    counts.set(a, later.set(b, (later.get(b) ?? 0) + many))
    known.add(a).add(b)
  }
  const scale = Math.max(1, customers / PAIRED_CUSTOMERS)
  const first = (a: GroupUse, b: GroupUse) => counts.get(a)?.get(b) ?? 0
  return {
    customers,
    first,
    together: (a, b) => (first(a, b) + first(b, a)) * scale,
    known: (use) => known.has(use),
  }
}

/** Of the fewer of two variants, at most this share meets the other too. */
const SELDOM = 0.1
/** Ranks of alternatives lie no further apart. */
const NEAR = 0.3

/**
 * Variants, named alike but for a label (`Release A`, `Release B`, `plan_1`, `plan_2`), of which a customer meets one:
 * one place with all of them. Steps that follow each other are labelled too, but who meets the second met the first.
 */
export function placesOf(uses: readonly GroupUse[], meetings: Meetings): readonly Place[] {
  const families: { readonly stem: string; readonly variants: GroupUse[] }[] = []
  for (const use of uses) {
    const stem = stemOf(use)
    const family = families.find(
      (one) =>
        stem !== null &&
        one.stem === stem &&
        one.variants.every((other) => areVariants(use, other, meetings)),
    )
    if (family === undefined) families.push({ stem: stem ?? '', variants: [use] })
    else family.variants.push(use)
  }
  return families.map(({ stem, variants }) => placeOf(stem, variants))
}

function areVariants(a: GroupUse, b: GroupUse, { together, known }: Meetings): boolean {
  const fewer = Math.min(a.customers, b.customers)
  return known(a) && known(b) && isNear(a, b) && together(a, b) <= fewer * SELDOM
}

function isNear(a: GroupUse, b: GroupUse): boolean {
  return Math.abs((a.position ?? 0.5) - (b.position ?? 0.5)) <= NEAR
}

/** A letter, a small number or a Roman one behind a space or the like; a capital behind a small letter; either behind a Chinese word. */
const LABELLED =
  /^(.*?[\p{L}\p{N}])(?:[\s_.:#/-]+(?:\p{L}|\d{1,2}|[IVX]{1,4})|(?<=\p{Ll})\p{Lu}|(?<=\p{Script=Han})(?:[A-Z]|\d{1,2}))$/u
/** Two characters are a word in Chinese. */
const SHORTEST_STEM = 2

/** The name without its label; null: it has none, or is told by other than one name. */
function stemOf({ group }: GroupUse): string | null {
  const [name, ...others] = group.events
  if (name === undefined || others.length > 0 || group.path !== '' || group.concept !== null) {
    return null
  }
  const stem = LABELLED.exec(name.trim())?.[1]
  return stem === undefined || stem.length < SHORTEST_STEM ? null : stem
}

function placeOf(stem: string, variants: readonly GroupUse[]): Place {
  const [only] = variants
  if (only === undefined) throw new Error('a place of nothing')
  if (variants.length === 1) return { ...only, variants }
  const sum = (of: (use: GroupUse) => number) => variants.reduce((all, use) => all + of(use), 0)
  const met = sum(({ customers, position }) => (position === null ? 0 : customers))
  const most = variants.toSorted((a, b) => b.customers - a.customers)[0] ?? only
  return {
    group: familyGroup(stem, variants),
    events: sum(({ events }) => events),
    // Hardly anybody meets two of them.
    customers: sum(({ customers }) => customers),
    position:
      met === 0 ? null : sum(({ customers, position }) => customers * (position ?? 0)) / met,
    endings: sum(({ endings }) => endings),
    valued: sum(({ valued }) => valued),
    value: sum(({ value }) => value),
    channel: most.channel,
    variants,
  }
}

function familyGroup(stem: string, variants: readonly GroupUse[]): KindGroup {
  const rules = variants.map(({ group }) => group.rule)
  const names = rules.flatMap((rule) => (rule.kind === 'event' ? rule.names : []))
  const plain = rules.every(({ kind }) => kind === 'event')
  return {
    name: humanName(stem),
    concept: null,
    rule: plain ? { kind: 'event', names } : { kind: 'any', rules },
    kinds: variants.flatMap(({ group }) => group.kinds),
    events: variants.flatMap(({ group }) => group.events),
    path: '',
  }
}

/** So many customers would meet both if one had nothing to do with the other; fewer prove nothing. */
const FEWEST_EXPECTED = 10

/**
 * Places of other names that stand side by side and keep each other out: of those who would meet both by chance hardly
 * anybody does. Runs of at least two, by the numbers of the places.
 */
export function exclusiveRuns(
  ordered: readonly Place[],
  { customers, together, known }: Meetings,
): readonly (readonly number[])[] {
  const exclude = (a: Place, b: Place) => {
    const expected = (a.customers * b.customers) / Math.max(1, customers)
    const both = a.variants.reduce(
      (sum, one) => sum + b.variants.reduce((more, other) => more + together(one, other), 0),
      0,
    )
    if (![...a.variants, ...b.variants].every(known)) return false
    return expected >= FEWEST_EXPECTED && isNear(a, b) && both <= expected * SELDOM
  }
  const runs: number[][] = []
  ordered.forEach((place, i) => {
    const last = runs.at(-1)
    const inside = last?.map((n) => ordered[n]).filter((other) => other !== undefined) ?? []
    if (last?.at(-1) === i - 1 && inside.every((other) => exclude(place, other))) last.push(i)
    else runs.push([i])
  })
  return runs.filter(({ length }) => length > 1)
}
