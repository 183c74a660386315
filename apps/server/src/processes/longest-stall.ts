import { monitorEventLoopDelay } from 'node:perf_hooks'

const RESOLUTION_MS = 10

/**
 * How long the thread that answers everybody was busy with one thing, at the longest since it was asked last. It is
 * looked at every 10 ms, so that much less is told.
 *
 * @returns a call for the seconds
 */
export function longestStall(): () => number {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delays.enable()
  return () => {
    const ms = delays.count === 0 ? 0 : delays.max / 1e6
    delays.reset()
    return Math.max(0, ms - RESOLUTION_MS) / 1000
  }
}
