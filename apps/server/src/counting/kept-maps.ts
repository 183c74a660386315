import type { KeptMap } from '@parcurs/analytics'

/** Tallies of maps that were counted, to be corrected by what changes: one of it a process. */
export interface KeptMaps {
  readonly get: (key: string) => KeptMap | null
  readonly keep: (key: string, kept: KeptMap) => void
}

/** Those asked for last; a tally of 25 steps takes some 6 MB. */
const MOST_TALLIES = 16
const MOST_BYTES = 160_000_000

export function keptMaps(mostTallies = MOST_TALLIES, mostBytes = MOST_BYTES): KeptMaps {
  /** The one asked for last stands last. */
  const held = new Map<string, { readonly kept: KeptMap; readonly bytes: number }>()
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
    keep(key, kept) {
      drop(key)
      const size = bytesOf(kept.tally.parts)
      if (size > mostBytes) return
      for (const oldest of held.keys()) {
        if (held.size < mostTallies && bytes + size <= mostBytes) break
        drop(oldest)
      }
      held.set(key, { kept, bytes: size })
      bytes += size
    },
  }
}

/** Of the arrays in it; what else there is weighs nothing beside them. */
function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>((sum, held) => sum + bytesOf(held), 0)
}
