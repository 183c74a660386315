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

export interface GraphTallies {
  readonly edges: ReadonlyMap<number, GraphEdgeTally>
  /** Item → events and customers. */
  readonly items: ReadonlyMap<number, { count: number; customers: number }>
  /** Item → customers whose journey begins, ends there. */
  readonly starts: ReadonlyMap<number, number>
  readonly ends: ReadonlyMap<number, number>
  readonly customers: number
}

export interface GraphKernel {
  readonly add: (journey: PathJourney) => void
  readonly tallies: () => GraphTallies
}

/** The directly-follows graph: B is the next item of the same customer after A. */
export function graphKernel(rules: GraphRules, itemCount: number): GraphKernel {
  const edges = new Map<number, GraphEdgeTally & { seen: number }>()
  const items = new Map<number, { count: number; customers: number; seen: number }>()
  const starts = new Map<number, number>()
  const ends = new Map<number, number>()
  let customers = 0
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
        see(items, item, () => ({ count: 0, customers: 0, seen: 0 }), customers)
        if (previous !== 0 && !cuts(rules.gap, at - previousMs)) {
          const from = previous
          const make = () => ({ from, to: item, count: 0, customers: 0, ms: [], seen: 0 })
          see(edges, previous * (itemCount + 1) + item, make, customers).ms.push(at - previousMs)
        }
      }
      previous = item
      previousMs = at
    }
    if (first === 0) customers--
    else {
      starts.set(first, (starts.get(first) ?? 0) + 1)
      ends.set(previous, (ends.get(previous) ?? 0) + 1)
    }
  }
  return { add, tallies: () => ({ edges, items, starts, ends, customers }) }
}

function see<Tally extends { count: number; customers: number; seen: number }>(
  tallies: Map<number, Tally>,
  key: number,
  make: () => Tally,
  customer: number,
): Tally {
  let tally = tallies.get(key)
  if (tally === undefined) {
    tally = make()
    tallies.set(key, tally)
  }
  tally.count++
  if (tally.seen !== customer) {
    tally.seen = customer
    tally.customers++
  }
  return tally
}
