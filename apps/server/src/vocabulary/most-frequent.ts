export interface Counted {
  readonly value: string
  readonly events: number
}

/**
 * The most frequent words, most frequent first, then by their text; of equally rare ones as many as there is room for.
 * Only what is kept is sorted by text: a full vocabulary has 45,000 names.
 */
export function mostFrequent(sums: ReadonlyMap<string, number>, most: number): readonly Counted[] {
  const kept: Counted[] = []
  if (sums.size <= most) {
    for (const [value, events] of sums) kept.push({ value, events })
  } else {
    const counts = Float64Array.from(sums.values()).sort()
    const least = counts[counts.length - most] ?? 0
    for (const [value, events] of sums) if (events > least) kept.push({ value, events })
    for (const [value, events] of sums) {
      if (kept.length === most) break
      if (events === least) kept.push({ value, events })
    }
  }
  return kept.sort((a, b) => b.events - a.events || (a.value < b.value ? -1 : 1))
}
