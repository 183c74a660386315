const HOUR_MS = 3_600_000

/** How much of something a source may still do within this hour; each process counts for itself. */
export interface HourlyRoom {
  readonly left: (source: number | bigint, perHour: number) => number
  readonly take: (source: number | bigint, many: number) => void
}

export function hourlyRoom(clock: () => number): HourlyRoom {
  const taken = new Map<number | bigint, number>()
  let hour = 0

  function turn(): void {
    const now = Math.floor(clock() / HOUR_MS)
    if (now === hour) return
    hour = now
    taken.clear()
  }

  return {
    left(source, perHour) {
      turn()
      return Math.max(0, perHour - (taken.get(source) ?? 0))
    },
    take(source, many) {
      turn()
      taken.set(source, (taken.get(source) ?? 0) + many)
    },
  }
}
