import { round } from '../charts/round.ts'

export interface Extent {
  readonly x: number
  readonly width: number
}

export interface RibbonStage extends Extent {
  readonly customers: number
}

/** Half the way over which one thickness passes into the next. */
const TURN = 20

/**
 * One band over all stages, each over its own columns: as thick as its customers, like the journey line. Of nobody it
 * has no thickness; a few are at least 1 px, to be seen.
 */
export function ribbonPath(
  stages: readonly RibbonStage[],
  middle: number,
  thickest: number,
): string {
  const first = stages[0]
  const last = stages.at(-1)
  if (first === undefined || last === undefined) return ''
  const most = Math.max(1, ...stages.map(({ customers }) => customers))
  const half = stages.map(({ customers }) =>
    customers === 0 ? 0 : Math.max(1, (customers / most) * thickest) / 2,
  )
  const edge = (i: number, side: 1 | -1) => round(middle + side * (half[i] ?? 0))
  const joints = stages.slice(1).map(({ x }, i) => ({ x, before: i, after: i + 1 }))
  const over = joints.map(
    ({ x, before, after }) =>
      `H${x - TURN}C${x} ${edge(before, -1)} ${x} ${edge(after, -1)} ${x + TURN} ${edge(after, -1)}`,
  )
  const under = joints
    .toReversed()
    .map(
      ({ x, before, after }) =>
        `H${x + TURN}C${x} ${edge(after, 1)} ${x} ${edge(before, 1)} ${x - TURN} ${edge(before, 1)}`,
    )
  const end = last.x + last.width
  const lastAt = stages.length - 1
  return `M${first.x} ${edge(0, -1)}${over.join('')}H${end}V${edge(lastAt, 1)}${under.join('')}H${first.x}Z`
}
