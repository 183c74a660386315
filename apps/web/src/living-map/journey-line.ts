import { round } from '../charts/round.ts'

/** Where a step stands on the drawing and how thick the line is there, in pixels. */
export interface LineNode {
  readonly x: number
  readonly y: number
  readonly thickness: number
  /** True: the height is measured; false: nobody said how it felt, so it stands between its neighbours. */
  readonly measured: boolean
}

export interface LineScale {
  /** Emotion −2…+2 to pixels from the top. */
  readonly y: (emotion: number) => number
  /** Customers to pixels. The same scale is used by the line, the wedges and the arcs. */
  readonly thickness: (customers: number) => number
}

export interface LineFrame {
  readonly top: number
  readonly height: number
  readonly maxThickness: number
}

/** Thickness is proportional, so twice the customers is twice the ink; above nobody at least 1 px, to be seen. */
export function lineScale(frame: LineFrame, mostCustomers: number): LineScale {
  return {
    y: (emotion) => frame.top + ((2 - Math.max(-2, Math.min(2, emotion))) / 4) * frame.height,
    thickness: (customers) =>
      customers <= 0 || mostCustomers <= 0
        ? 0
        : Math.max(1, (customers / mostCustomers) * frame.maxThickness),
  }
}

export interface LineStep {
  readonly x: number
  readonly customers: number
  /** Measured mean; null: not enough answers. */
  readonly emotion: number | null
}

/** A step without a measured emotion takes the height on the way between the measured ones beside it; 0 when there is none. */
export function lineNodes(steps: readonly LineStep[], scale: LineScale): readonly LineNode[] {
  return steps.map((step, i) => ({
    x: step.x,
    y: scale.y(step.emotion ?? between(steps, i)),
    thickness: scale.thickness(step.customers),
    measured: step.emotion !== null,
  }))
}

function between(steps: readonly LineStep[], i: number): number {
  const x = steps[i]?.x ?? 0
  const before = steps.slice(0, i).findLast((step) => step.emotion !== null)
  const after = steps.slice(i + 1).find((step) => step.emotion !== null)
  if (before?.emotion == null) return after?.emotion ?? 0
  if (after?.emotion == null || after.x === before.x) return before.emotion
  const share = (x - before.x) / (after.x - before.x)
  return before.emotion + share * (after.emotion - before.emotion)
}

/** The band from one node to the next: level at both ends, as thick as its customers at each. */
export function bandPath(from: LineNode, to: LineNode): string {
  const middle = round((from.x + to.x) / 2)
  const edge = (node: LineNode, side: 1 | -1) => round(node.y + (side * node.thickness) / 2)
  const [a, b, c, d] = [edge(from, -1), edge(to, -1), edge(to, 1), edge(from, 1)]
  return `M${from.x} ${a}C${middle} ${a} ${middle} ${b} ${to.x} ${b}L${to.x} ${c}C${middle} ${c} ${middle} ${d} ${from.x} ${d}Z`
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** A thin line through points, level at each: what the team believes. Gaps where nothing was drawn. */
export function linePath(points: readonly (Point | null)[]): string {
  let path = ''
  let last: Point | null = null
  for (const point of points) {
    if (point !== null) {
      const middle = last === null ? 0 : round((last.x + point.x) / 2)
      path +=
        last === null
          ? `M${point.x} ${round(point.y)}`
          : `C${middle} ${round(last.y)} ${middle} ${round(point.y)} ${point.x} ${round(point.y)}`
    }
    last = point
  }
  return path
}

export interface Wedge {
  /** Those who left: the half to the left of the step's middle. */
  readonly left: string
  /** Those in progress: the half to the right. */
  readonly inProgress: string
}

/** Two triangles back to back that hang below the line and end in one point, so that their areas are as their counts. */
export function wedge(
  node: LineNode,
  leftThickness: number,
  inProgressThickness: number,
  height: number,
): Wedge {
  const top = round(node.y + node.thickness / 2)
  const tip = round(top + height)
  const half = (dx: number) => `M${node.x} ${top}L${round(node.x + dx)} ${top}L${node.x} ${tip}Z`
  return {
    left: half(-leftThickness),
    inProgress: half(inProgressThickness),
  }
}
