import { cuts, type PathGap, type PathJourney } from './path-kernel.ts'

export interface GraphRules {
  /** null: an edge may span any pause. */
  readonly gap: PathGap | null
  /** `keep`: an item that follows itself is a loop; `collapse`: it is the same visit. */
  readonly runs: 'collapse' | 'keep'
}

export interface GraphEdgeTally {
  readonly from: number
  readonly to: number
  count: number
  customers: number
  /** Milliseconds of each passage. */
  readonly ms: number[]
}

interface ItemTally {
  count: number
  customers: number
}

export interface GraphTallies {
  readonly edges: ReadonlyMap<number, GraphEdgeTally>
  /** Item → events and customers. */
  readonly items: ReadonlyMap<number, ItemTally>
  /** Item → customers whose journey begins, ends there. */
  readonly starts: ReadonlyMap<number, number>
  readonly ends: ReadonlyMap<number, number>
  readonly customers: number
}

export interface GraphKernel {
  readonly add: (journey: PathJourney) => void
  readonly tallies: () => GraphTallies
  /** Takes in what another kernel of the same rules and items counted, of other customers. */
  readonly merge: (others: GraphTallies) => void
}

/** The directly-follows graph: B is the next item of the same customer after A. */
export function graphKernel(rules: GraphRules, itemCount: number): GraphKernel {
  const edges = new Map<number, GraphEdgeTally & { seen: number }>()
  const items = new Map<number, ItemTally & { seen: number }>()
  const starts = new Map<number, number>()
  const ends = new Map<number, number>()
  let customers = 0
  const keyOf = (from: number, to: number): number => from * (itemCount + 1) + to
  const add = ({ times, items: codes }: PathJourney): void => {
    let previous = 0
    let previousMs = 0
    let first = 0
    customers++
    for (let i = 0; i < codes.length; i++) {
      const item = codes[i] ?? 0
      if (item === 0) continue
      const at = times[i] ?? 0
      if (first === 0) first = item
      const repeats = previous === item && !cuts(rules.gap, at - previousMs)
      if (!(rules.runs === 'collapse' && repeats)) {
        see(items, item, newItem, customers)
        if (previous !== 0 && !cuts(rules.gap, at - previousMs)) {
          const from = previous
          const make = () => newEdge(from, item)
          see(edges, keyOf(from, item), make, customers).ms.push(at - previousMs)
        }
      }
      previous = item
      previousMs = at
    }
    if (first === 0) customers--
    else {
      addTo(starts, first, 1)
      addTo(ends, previous, 1)
    }
  }
  const merge = (others: GraphTallies): void => {
    // Customers from elsewhere are none of those counted here: `seen` stays as it is.
    customers += others.customers
    for (const [item, tally] of others.items) addCounts(known(items, item, newItem), tally)
    for (const { from, to, ms, ...tally } of others.edges.values()) {
      const edge = known(edges, keyOf(from, to), () => newEdge(from, to))
      addCounts(edge, tally)
      for (const sample of ms) edge.ms.push(sample)
    }
    for (const [item, n] of others.starts) addTo(starts, item, n)
    for (const [item, n] of others.ends) addTo(ends, item, n)
  }
  return { add, tallies: () => ({ edges, items, starts, ends, customers }), merge }
}

function newItem() {
  return { count: 0, customers: 0, seen: 0 }
}

function newEdge(from: number, to: number): GraphEdgeTally & { seen: number } {
  return { from, to, count: 0, customers: 0, ms: [], seen: 0 }
}

function addTo(sums: Map<number, number>, key: number, n: number): void {
  sums.set(key, (sums.get(key) ?? 0) + n)
}

function addCounts(tally: ItemTally, other: ItemTally): void {
  tally.count += other.count
  tally.customers += other.customers
}

function known<Tally>(tallies: Map<number, Tally>, key: number, make: () => Tally): Tally {
  let tally = tallies.get(key)
  if (tally === undefined) {
    tally = make()
    tallies.set(key, tally)
  }
  return tally
}

function see<Tally extends { count: number; customers: number; seen: number }>(
  tallies: Map<number, Tally>,
  key: number,
  make: () => Tally,
  customer: number,
): Tally {
  const tally = known(tallies, key, make)
  tally.count++
  if (tally.seen !== customer) {
    tally.seen = customer
    tally.customers++
  }
  return tally
}
