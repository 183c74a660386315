import type { LineNode, Point } from './journey-line.ts'

/** Between the lines of alternatives. */
const GAP = 6

/**
 * Alternatives stand at one place: their nodes one under the other in map order, around the mean of their heights, so
 * that their lines lie side by side. How each of them felt stands in its own numbers.
 */
export function standApart(nodes: readonly LineNode[]): readonly LineNode[] {
  return placesOf(nodes).flatMap((inside) => {
    if (inside.length === 1) return inside
    const total = inside.reduce((sum, { thickness }) => sum + thickness, 0)
    const mean = inside.reduce((sum, { y }) => sum + y, 0) / inside.length
    let top = mean - (total + GAP * (inside.length - 1)) / 2
    return inside.map((node) => {
      const y = top + node.thickness / 2
      top += node.thickness + GAP
      return { ...node, y }
    })
  })
}

/** The pieces of the line: from each node to each one of the next place. */
export function pieces(nodes: readonly LineNode[]): readonly (readonly [LineNode, LineNode])[] {
  const places = placesOf(nodes)
  return places.slice(1).flatMap((to, i) => {
    const from = places[i] ?? []
    return from.flatMap((start) => to.map((end) => [start, end] as const))
  })
}

/** The upper (−1) or lower (1) edge of everything that stands at each place. */
export function outline(nodes: readonly LineNode[], side: 1 | -1): readonly Point[] {
  return placesOf(nodes).map((inside) => {
    const edges = inside.map(({ y, thickness }) => side * y + thickness / 2)
    return { x: inside[0]?.x ?? 0, y: side * Math.max(...edges) }
  })
}

/** One point a place, at the mean; null: nothing was drawn there. */
export function meanPoints(
  points: readonly (Point & { readonly drawn: boolean })[],
): readonly (Point | null)[] {
  return placesOf(points).map((inside) => {
    const drawn = inside.filter((point) => point.drawn)
    if (drawn.length === 0) return null
    return {
      x: inside[0]?.x ?? 0,
      y: drawn.reduce((sum, { y }) => sum + y, 0) / drawn.length,
    }
  })
}

/** What stands at the same x, in order. */
function placesOf<T extends { readonly x: number }>(all: readonly T[]): readonly (readonly T[])[] {
  const places: T[][] = []
  for (const one of all) {
    const last = places.at(-1)
    if (last?.[0]?.x === one.x) last.push(one)
    else places.push([one])
  }
  return places
}
