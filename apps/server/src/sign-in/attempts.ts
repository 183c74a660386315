/** Counts failed attempts in a sliding window, by key, in bounded memory. */
export interface Attempts {
  /** Seconds until the key may try again; 0: now. */
  readonly waitSeconds: (key: string, nowMs: number) => number
  readonly failed: (key: string, nowMs: number) => void
  /** Forgets all failures of the key. */
  readonly succeeded: (key: string) => void
  /** Forgets the last failure of the key only. */
  readonly takenBack: (key: string) => void
}

/**
 * @param most failures within `windowMs` before the key must wait until the oldest is over
 * @param keys how many keys are remembered; the one longest without a failure is forgotten first
 */
export function attempts({
  most,
  windowMs,
  keys = 20_000,
}: {
  readonly most: number
  readonly windowMs: number
  readonly keys?: number
}): Attempts {
  const failures = new Map<string, readonly number[]>()
  const recent = (key: string, nowMs: number) =>
    (failures.get(key) ?? []).filter((at) => at > nowMs - windowMs)
  return {
    waitSeconds(key, nowMs) {
      const held = recent(key, nowMs)
      const oldest = held.at(-most)
      return oldest === undefined ? 0 : Math.ceil((oldest + windowMs - nowMs) / 1000)
    },
    failed(key, nowMs) {
      const held = [...recent(key, nowMs), nowMs].slice(-most)
      // Deleted first: a map keeps the order of insertion, which makes it a queue by last failure.
      failures.delete(key)
      failures.set(key, held)
      if (failures.size > keys) {
        for (const oldest of failures.keys()) {
          failures.delete(oldest)
          break
        }
      }
    },
    succeeded(key) {
      failures.delete(key)
    },
    takenBack(key) {
      const held = failures.get(key)
      if (held !== undefined) failures.set(key, held.slice(0, -1))
    },
  }
}
