import type { KeptMap, LeakRows, LeakRowsKept } from '@parcurs/analytics'

/** Tallies of maps that were counted, to be corrected by what changes: one of it a process. */
export interface KeptMaps {
  readonly get: (key: string) => KeptMap | null
  /**
   * @param touched decimal keys of customers who have, had or lost an event since the former one; null: it was
   *   counted anew, and whatever lay beside the former one is forgotten
   */
  readonly keep: (key: string, kept: KeptMap, touched: ReadonlySet<string> | null) => void
  /** What was told beside the tally of this commit or a former one, and whoever was touched since; null: nothing. */
  readonly beside: (key: string, commit: bigint) => LeakRowsKept | null
  readonly keepBeside: (key: string, commit: bigint, told: LeakRows) => void
}

interface Held {
  readonly kept: KeptMap
  readonly bytes: number
  readonly beside: LeakRowsKept | null
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
      held.set(key, { kept, bytes: size, beside: touchedToo(former?.beside ?? null, touched) })
      bytes += size
    },
    beside(key, commit) {
      const found = held.get(key)
      return found?.kept.commit === commit ? found.beside : null
    },
    keepBeside(key, commit, told) {
      const found = held.get(key)
      // Another question may have moved the tally on meanwhile: what was read before is of no use beside it.
      if (found?.kept.commit !== commit) return
      held.set(key, { ...found, beside: { told, commit, touched: new Set() } })
    },
  }
}

/** Nobody asks for reasons that long: they are read anew. */
const MOST_TOUCHED = 20_000

function touchedToo(
  beside: LeakRowsKept | null,
  touched: ReadonlySet<string> | null,
): LeakRowsKept | null {
  if (beside === null || touched === null) return null
  if (touched.size === 0) return beside
  const all = new Set([...beside.touched, ...touched])
  return all.size > MOST_TOUCHED ? null : { ...beside, touched: all }
}

/** Of the arrays in it; what else there is weighs nothing beside them. */
function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>((sum, held) => sum + bytesOf(held), 0)
}
