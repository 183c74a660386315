import type { SegmentScope } from './segment-facts.ts'
import { type Window, windowPeriod, windowSpan } from './window.ts'

/** What is true at an instant, and when that changes next without a new fact; null: never. */
export interface Answer {
  readonly passes: boolean
  readonly changesMs: number | null
}

/** The answer to one condition at any instant. */
export type Changing = (nowMs: number) => Answer

export function constantly(passes: boolean): Changing {
  return () => ({ passes, changesMs: null })
}

/** So many turns are looked ahead; whoever has more is asked again at the last one seen, which is early but never late. */
const MOST_TURNS = 4096

/**
 * A condition on those of the items that lie in a window: as time goes on, items leave it at the front and come into it
 * at the back.
 *
 * @param times of the items, ascending
 * @param passes of the items from `low` to before `high`
 */
export function inWindow(
  times: readonly number[],
  window: Window,
  scope: SegmentScope,
  passes: (low: number, high: number) => boolean,
): Changing {
  const within = (nowMs: number) => {
    const { fromMs, toMs } = windowPeriod(window, { ...scope, nowMs })
    return [firstFrom(times, fromMs), firstFrom(times, toMs)] as const
  }
  return (nowMs) => {
    let [low, high] = within(nowMs)
    const now = passes(low, high)
    for (let turns = 0; ; turns++) {
      const leaves = times[low]
      const comes = times[high]
      const turnMs = Math.min(
        leaves === undefined || low === high
          ? Number.POSITIVE_INFINITY
          : windowSpan(window, leaves, scope).toMs,
        comes === undefined ? Number.POSITIVE_INFINITY : windowSpan(window, comes, scope).fromMs,
      )
      if (turnMs === Number.POSITIVE_INFINITY) return { passes: now, changesMs: null }
      ;[low, high] = within(turnMs)
      if (passes(low, high) !== now || turns === MOST_TURNS) {
        return { passes: now, changesMs: turnMs }
      }
    }
  }
}

/** The number of times before an instant. */
function firstFrom(times: readonly number[], fromMs: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? fromMs) < fromMs) low = middle + 1
    else high = middle
  }
  return low
}
