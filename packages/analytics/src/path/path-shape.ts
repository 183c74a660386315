import { SHORTENED, type PathTallies } from './path-kernel.ts'

export interface PathNode {
  /** `column_item`, unique. */
  readonly key: string
  /** From 1. */
  readonly column: number
  readonly item: string
  /** Paths that come here. */
  readonly reached: number
  /** Paths with a further column. */
  readonly continued: number
  /** Paths that ended here. */
  readonly left: number
  /** Paths that go on beyond the last column. */
  readonly beyond: number
}

export interface PathEdge {
  readonly from: string
  readonly to: string
  readonly count: number
  readonly meanMs: number
}

export interface PathShapeOptions {
  /** Items kept in each column; the rest stand together as `other`. null: all. */
  readonly perColumn: number | null
  /** Edges kept; what can then not be reached from the first column goes too. null: all. */
  readonly edgeLimit: number | null
}

/** How the rest of a column and a shortened middle are called. */
export const OTHER = 'other'
export const MIDDLE = '...'

/** Tallies by code become named nodes and edges, most frequent first. */
export function shapePaths(
  tallies: PathTallies,
  label: (item: number) => string,
  options: PathShapeOptions,
): { readonly nodes: readonly PathNode[]; readonly edges: readonly PathEdge[] } {
  const kept = keptItems(tallies, label, options.perColumn)
  const nameOf = (column: number, item: number): string => {
    if (item === SHORTENED) return MIDDLE
    return kept === null || kept.get(column)?.has(item) === true ? label(item) : OTHER
  }
  const nodes = new Map<string, PathNode>()
  for (const { column, item, reached, continued, cut } of tallies.nodes.values()) {
    const name = nameOf(column, item)
    const key = `${column}_${name}`
    const sum = nodes.get(key)
    nodes.set(key, {
      key,
      column,
      item: name,
      reached: (sum?.reached ?? 0) + reached,
      continued: (sum?.continued ?? 0) + continued,
      left: (sum?.left ?? 0) + reached - continued - cut,
      beyond: (sum?.beyond ?? 0) + cut,
    })
  }
  const edges = new Map<string, { from: string; to: string; count: number; sumMs: number }>()
  for (const { column, from, to, count, sumMs } of tallies.edges.values()) {
    const source = `${column}_${nameOf(column, from)}`
    const target = `${column + 1}_${nameOf(column + 1, to)}`
    const key = `${source}\n${target}`
    const sum = edges.get(key)
    edges.set(key, {
      from: source,
      to: target,
      count: (sum?.count ?? 0) + count,
      sumMs: (sum?.sumMs ?? 0) + sumMs,
    })
  }
  const sorted = [...edges.values()]
    .map(({ from, to, count, sumMs }) => ({ from, to, count, meanMs: sumMs / count }))
    .sort((a, b) => b.count - a.count || compare(a.from, b.from) || compare(a.to, b.to))
  const limited =
    options.edgeLimit === null ? sorted : reachable(sorted.slice(0, options.edgeLimit))
  const shown = new Set(limited.flatMap(({ from, to }) => [from, to]))
  return {
    nodes: [...nodes.values()]
      .filter(({ key, column }) => options.edgeLimit === null || shown.has(key) || column === 1)
      .sort((a, b) => a.column - b.column || b.reached - a.reached || compare(a.item, b.item)),
    edges: limited,
  }
}

function keptItems(
  tallies: PathTallies,
  label: (item: number) => string,
  perColumn: number | null,
): ReadonlyMap<number, ReadonlySet<number>> | null {
  if (perColumn === null) return null
  const columns = new Map<number, { item: number; reached: number }[]>()
  for (const { column, item, reached } of tallies.nodes.values()) {
    columns.set(column, [...(columns.get(column) ?? []), { item, reached }])
  }
  return new Map(
    [...columns].map(([column, items]) => [
      column,
      new Set(
        items
          .sort((a, b) => b.reached - a.reached || compare(label(a.item), label(b.item)))
          .slice(0, perColumn)
          .map(({ item }) => item),
      ),
    ]),
  )
}

function reachable(edges: readonly PathEdge[]): readonly PathEdge[] {
  const reached = new Set(edges.filter((e) => e.from.startsWith('1_')).map((e) => e.from))
  for (let before = -1; before !== reached.size; ) {
    before = reached.size
    for (const edge of edges) if (reached.has(edge.from)) reached.add(edge.to)
  }
  return edges.filter((edge) => reached.has(edge.from))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
