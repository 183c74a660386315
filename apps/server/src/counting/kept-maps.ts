import type { KeptMap } from '@parcurs/analytics'

/** Tallies of maps that were counted, to be corrected by what changes: one of it a process. */
export interface KeptMaps {
  readonly get: (key: string) => KeptMap | null
  /**
   * @param touched decimal keys of customers who have, had or lost an event since the former one; null: it was
   *   counted anew, and whatever lay beside the former one is forgotten
   */
  readonly keep: (key: string, kept: KeptMap, touched: ReadonlySet<string> | null) => void
  /** Rows that were kept beside the tally of this commit and still tell this content; null: none. */
  readonly beside: (key: string, commit: bigint, content: string) => readonly object[] | null
  readonly keepBeside: (
    key: string,
    commit: bigint,
    content: string,
    rows: readonly object[],
  ) => void
}

interface Held {
  readonly kept: KeptMap
  readonly bytes: number
  readonly beside: { readonly content: string; readonly rows: readonly object[] } | null
}

/** Those asked for last; a tally of 25 steps takes some 6 MB. */
const MOST_TALLIES = 16
const MOST_BYTES = 160_000_000

export function keptMaps(mostTallies = MOST_TALLIES, mostBytes = MOST_BYTES): KeptMaps {
  /** The one asked for last stands last. */
  const held = new Map<string, Held>()
  let bytes = 0

  function drop(key: string): void {
    bytes -= held.get(key)?.bytes ?? 0
    held.delete(key)
  }

  return {
    get(key) {
      const found = held.get(key)
      if (found === undefined) return null
      held.delete(key)
      held.set(key, found)
      return found.kept
    },
    keep(key, kept, touched) {
      const former = held.get(key)
      drop(key)
      const size = bytesOf(kept.tally.parts)
      if (size > mostBytes) return
      for (const oldest of held.keys()) {
        if (held.size < mostTallies && bytes + size <= mostBytes) break
        drop(oldest)
      }
      const still = former !== undefined && touched !== null && noneSampled(former.kept, touched)
      held.set(key, { kept, bytes: size, beside: still ? former.beside : null })
      bytes += size
    },
    beside(key, commit, content) {
      const found = held.get(key)
      if (found?.kept.commit !== commit || found.beside?.content !== content) return null
      return found.beside.rows
    },
    keepBeside(key, commit, content, rows) {
      const found = held.get(key)
      // Another question may have moved the tally on meanwhile: what was read before is of no use beside it.
      if (found?.kept.commit === commit) held.set(key, { ...found, beside: { content, rows } })
    },
  }
}

function noneSampled({ counts }: KeptMap, touched: ReadonlySet<string>): boolean {
  if (touched.size === 0) return true
  return !counts.evidence.some(({ leftSample, movedSample }) =>
    [leftSample, movedSample].some((sample) =>
      sample.some(({ customer }) => touched.has(customer)),
    ),
  )
}

/** Of the arrays in it; what else there is weighs nothing beside them. */
function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>((sum, held) => sum + bytesOf(held), 0)
}
