/** Milliseconds of the fastest of several runs; the median tells how calm the machine was. */
export interface Timing {
  readonly bestMs: number
  readonly medianMs: number
  readonly runs: number
}

/**
 * Times several ways of doing one thing against each other: round by round, each way once, so that
 * a disturbance of the machine meets all of them alike. The first round warms up and is not counted.
 */
export async function race<Name extends string>(
  ways: Readonly<Record<Name, () => unknown>>,
  rounds: number,
): Promise<Readonly<Record<Name, Timing>>> {
  const entries = Object.entries<() => unknown>(ways)
  const times = new Map<string, number[]>(entries.map(([name]) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, way] of entries) {
      const startMs = performance.now()
      await way()
      if (round > 0) times.get(name)?.push(performance.now() - startMs)
    }
  }
  const timings = entries.map(([name]) => [name, timing(times.get(name) ?? [])] as const)
  return Object.fromEntries(timings) as Record<Name, Timing>
}

export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const startMs = performance.now()
  const value = await work()
  return { ms: performance.now() - startMs, value }
}

function timing(ms: readonly number[]): Timing {
  const sorted = ms.toSorted((a, b) => a - b)
  return {
    bestMs: sorted[0] ?? Number.NaN,
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    runs: sorted.length,
  }
}
