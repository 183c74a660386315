import { round } from '../charts/round.ts'
import type { LineNode } from './journey-line.ts'
import type { Move, MoveKind } from './move.ts'

export interface Arc extends Move {
  readonly path: string
  /** Where to write the number. */
  readonly labelX: number
  readonly labelY: number
}

/** Drawn loops, the most travelled `most` of each other kind, and of each step in `always` every one. Steady order: by customers, then by place. */
export function movesToDraw(
  moves: readonly Move[],
  most: number,
  always: ReadonlySet<number>,
): readonly Move[] {
  const sorted = moves
    .filter((move) => (move.customers > 0 || move.kind === 'loop') && move.from !== move.to)
    .toSorted((a, b) => b.customers - a.customers || a.from - b.from || a.to - b.to)
  const top = (kind: MoveKind) => sorted.filter((move) => move.kind === kind)
  const told = (['ahead', 'back'] as const).flatMap((kind) =>
    top(kind).filter((move, i) => i < most || always.has(move.from) || always.has(move.to)),
  )
  return [...top('loop'), ...told]
}

export interface ArcFrame {
  /** Highest point an arc ahead may reach. */
  readonly top: number
  /** Lowest point a way back may reach. */
  readonly bottom: number
  readonly columnWidth: number
}

/**
 * From the edge of the line at one step to the edge at the other; the longer the way, the further out.
 * A cubic whose handles lie at the same height reaches ¾ of the way to them, hence the 4/3.
 */
export function arcOf(move: Move, nodes: readonly LineNode[], frame: ArcFrame): Arc | null {
  const [from, to] = [nodes[move.from], nodes[move.to]]
  if (from === undefined || to === undefined) return null
  const ahead = move.kind === 'ahead' || move.kind === 'line'
  const side = ahead ? -1 : 1
  const span = Math.abs(move.to - move.from)
  const edge = (node: LineNode) => node.y + side * (node.thickness / 2 - 1)
  const [y1, y2] = [edge(from), edge(to)]
  const nearest = ahead ? Math.min(y1, y2) : Math.max(y1, y2)
  const limit = ahead ? frame.top : frame.bottom
  const reach = nearest + (limit - nearest) * Math.min(1, 0.4 + 0.12 * span)
  const lean = Math.min(frame.columnWidth * 0.16, 14)
  const x1 = from.x + (ahead ? lean : -lean)
  const x2 = to.x + (ahead ? -lean : lean)
  const handle = (y: number) => round(y + ((reach - y) * 4) / 3)
  return {
    ...move,
    path: `M${round(x1)} ${round(y1)}C${round(x1)} ${handle(y1)} ${round(x2)} ${handle(y2)} ${round(x2)} ${round(y2)}`,
    labelX: round((x1 + x2) / 2),
    labelY: round(reach),
  }
}
