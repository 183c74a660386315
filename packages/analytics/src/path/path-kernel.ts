import { at as placeOf } from '../at.ts'
import type { Period } from '../question.ts'

/** How a journey is cut into paths. Items are codes from 1; 0 is an event that is no item and is not there. */
export interface PathRules {
  /** null: the whole journey is one path. */
  readonly gap: PathGap | null
  /** Only paths that began in it are there; null: all. Items around it say where they begin and end. */
  readonly begun: Period | null
  /** `collapse`: of a run of one item the last stays, with its time. */
  readonly runs: 'collapse' | 'keep'
  /** The path begins at the first of these; paths without are left out. Empty: anywhere. */
  readonly start: ReadonlySet<number>
  /** The path ends at the first of these (after the start). Empty: anywhere. */
  readonly end: ReadonlySet<number>
  /** Paths without any of these are left out. Empty: all. */
  readonly through: ReadonlySet<number>
  /** Columns. With `end` the last ones are kept, with both ends the middle is shortened to one gap. */
  readonly steps: number
}

export interface PathGap {
  readonly ms: number
  /** `over`: a longer pause cuts (sessions). `at-least`: a pause of this length cuts already. */
  readonly cuts: 'over' | 'at-least'
}

/** One customer's items in order. */
export interface PathJourney {
  /** Epoch milliseconds, ascending. */
  readonly times: Float64Array
  readonly items: Uint32Array
}

/** Stands for the items left out of a path shortened between its ends. */
export const SHORTENED = 0xffffffff

export interface PathEdgeTally {
  /** Column of the source, from 1. */
  readonly column: number
  readonly from: number
  readonly to: number
  count: number
  sumMs: number
}

export interface PathNodeTally {
  readonly column: number
  readonly item: number
  /** Paths that come here. */
  reached: number
  /** Paths with a further column. */
  continued: number
  /** Paths that go on beyond the last column shown: they neither continue here nor ended. */
  cut: number
}

export interface PathTallies {
  readonly edges: ReadonlyMap<string, PathEdgeTally>
  readonly nodes: ReadonlyMap<string, PathNodeTally>
  /** Paths that remained after start, end and through. */
  readonly paths: number
  readonly customers: number
}

export interface PathKernel {
  readonly add: (journey: PathJourney) => void
  readonly tallies: () => PathTallies
  /** Takes in what another kernel of the same rules counted, of other customers. */
  readonly merge: (others: PathTallies) => void
}

interface Visit {
  readonly times: readonly number[]
  readonly items: readonly number[]
  /** Items went on after the last one. */
  readonly cut: boolean
}

/** Counts where paths go, column by column. */
export function pathKernel(rules: PathRules): PathKernel {
  const edges = new Map<string, PathEdgeTally>()
  const nodes = new Map<string, PathNodeTally>()
  let paths = 0
  let customers = 0
  const count = (visit: Visit): void => {
    paths++
    for (let i = 0; i < visit.items.length; i++) {
      const item = visit.items[i] ?? 0
      const next = visit.items[i + 1]
      const node = nodeAt(nodes, i + 1, item)
      node.reached++
      if (next !== undefined) {
        node.continued++
        const edge = edgeAt(edges, i + 1, item, next)
        edge.count++
        edge.sumMs += (visit.times[i + 1] ?? 0) - (visit.times[i] ?? 0)
      } else if (visit.cut) node.cut++
    }
  }
  const add = (journey: PathJourney): void => {
    let any = false
    for (const visit of visitsOf(journey, rules)) {
      count(visit)
      any = true
    }
    if (any) customers++
  }
  const merge = (others: PathTallies): void => {
    paths += others.paths
    customers += others.customers
    for (const { column, item, reached, continued, cut } of others.nodes.values()) {
      const node = nodeAt(nodes, column, item)
      node.reached += reached
      node.continued += continued
      node.cut += cut
    }
    for (const { column, from, to, count: times, sumMs } of others.edges.values()) {
      const edge = edgeAt(edges, column, from, to)
      edge.count += times
      edge.sumMs += sumMs
    }
  }
  return { add, tallies: () => ({ edges, nodes, paths, customers }), merge }
}

function* visitsOf({ times, items }: PathJourney, rules: PathRules): Generator<Visit> {
  let visitTimes: number[] = []
  let visitItems: number[] = []
  let previousMs = Number.NaN
  let beganMs = Number.NaN
  const ended = (): Visit | null => {
    const { begun } = rules
    if (visitItems.length === 0) return null
    if (begun !== null && (beganMs < begun.fromMs || beganMs >= begun.toMs)) return null
    return shaped(visitTimes, visitItems, rules)
  }
  for (let i = 0; i < items.length; i++) {
    const item = items[i] ?? 0
    if (item === 0) continue
    const at = times[i] ?? 0
    if (visitItems.length > 0 && cuts(rules.gap, at - previousMs)) {
      const visit = ended()
      if (visit !== null) yield visit
      visitTimes = []
      visitItems = []
    }
    if (visitItems.length === 0) beganMs = at
    if (rules.runs === 'collapse' && visitItems.at(-1) === item)
      visitTimes[visitTimes.length - 1] = at
    else {
      visitItems.push(item)
      visitTimes.push(at)
    }
    previousMs = at
  }
  const visit = ended()
  if (visit !== null) yield visit
}

export function cuts(gap: PathGap | null, pauseMs: number): boolean {
  if (gap === null) return false
  return gap.cuts === 'over' ? pauseMs > gap.ms : pauseMs >= gap.ms
}

/** Applies start, end, through and the number of columns; null: the path is left out. */
function shaped(
  times: readonly number[],
  items: readonly number[],
  rules: PathRules,
): Visit | null {
  const { start, end, through, steps } = rules
  const first = start.size === 0 ? 0 : items.findIndex((item) => start.has(item))
  if (first < 0) return null
  const last =
    end.size === 0 ? items.length - 1 : items.findIndex((item, i) => i >= first && end.has(item))
  if (last < 0) return null
  const all = items.slice(first, last + 1)
  const at = times.slice(first, last + 1)
  if (through.size > 0 && !all.some((item) => through.has(item))) return null
  if (all.length <= steps) return { items: all, times: at, cut: false }
  if (end.size === 0) return { items: all.slice(0, steps), times: at.slice(0, steps), cut: true }
  if (start.size === 0) return { items: all.slice(-steps), times: at.slice(-steps), cut: false }
  // The gap between the halves carries the time of the first item it stands for.
  const head = Math.floor(steps / 2)
  const tail = steps - head
  return {
    items: [...all.slice(0, head), SHORTENED, ...all.slice(-tail)],
    times: [...at.slice(0, head), placeOf(at, head), ...at.slice(-tail)],
    cut: false,
  }
}

function edgeAt(
  edges: Map<string, PathEdgeTally>,
  column: number,
  from: number,
  to: number,
): PathEdgeTally {
  const key = `${column} ${from} ${to}`
  let edge = edges.get(key)
  if (edge === undefined) {
    edge = { column, from, to, count: 0, sumMs: 0 }
    edges.set(key, edge)
  }
  return edge
}

function nodeAt(nodes: Map<string, PathNodeTally>, column: number, item: number): PathNodeTally {
  const key = `${column} ${item}`
  let node = nodes.get(key)
  if (node === undefined) {
    node = { column, item, reached: 0, continued: 0, cut: 0 }
    nodes.set(key, node)
  }
  return node
}
