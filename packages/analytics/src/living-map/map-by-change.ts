import type { QuestionContext } from '../asking/question-kind.ts'
import type { Reading } from '../journey/reading.ts'
import type { Compiled } from '../sql.ts'
import { type KeptTally, plansOfChange } from './corrected-tally.ts'
import type { MapCoding } from './map-coding.ts'
import type { MapCounts } from './map-counts.ts'
import type { MapChangeCounting, MapCounting } from './map-counting.ts'
import type { CodedMap } from './map-kind.ts'
import { type MapChoice, mapOfCustomersQuery, touchedSinceQuery } from './map-query.ts'
import type { UnmappedGroup } from './map-measures.ts'
import { dueCustomers } from './moments.ts'

/** A kept tally and what it is true of. */
export interface KeptMap {
  /** It holds everything up to this commit. */
  readonly commit: bigint
  readonly tally: KeptTally
  /** What it was told as. */
  readonly counts: MapCounts
  readonly byKind: readonly number[]
  readonly groups: readonly UnmappedGroup[]
}

/** How a map that was counted before is corrected by the customers that changed since ([MK4]). */
export interface MapByChange {
  /** Counts with the same key may correct one another. */
  readonly key: string
  /** What is kept of a tally counted now. */
  readonly keep: (tally: KeptTally, counts: MapCounts) => KeptMap
  /** null: it must be counted anew ([MK5]). */
  readonly since: (kept: KeptMap) => SinceKept | null
}

export interface SinceKept {
  /** Who was touched by what came since, as `TouchedRow`s; null: nothing came. */
  readonly touched: Compiled | null
  /** More touched customers than this are counted anew. */
  readonly most: number
  /** Where nobody was touched it is told as it was: no time went by, or every window was over before. */
  readonly still: boolean
  /** Who has a window that ended since. */
  readonly due: readonly bigint[]
  /** How the touched customers are counted as they were, and as they are. */
  readonly counts: (customers: readonly bigint[]) => {
    readonly before: { readonly counting: MapCounting; readonly query: Compiled }
    readonly after: { readonly counting: MapChangeCounting; readonly query: Compiled }
  }
}

const DAY_MS = 86_400_000
/** Above this a recount costs about as much. */
const MOST_TOUCHED = 4000

/** Up to when a tally counted now can be corrected: windows that end later are not listed in it. */
export function keptUntil(nowMs: number): number {
  return nowMs + DAY_MS
}

export function mapByChange(
  { map, coding, windowMs }: Pick<CodedMap, 'map' | 'coding' | 'windowMs'>,
  choice: MapChoice,
  counting: MapCounting,
  { reading, touchpoints }: QuestionContext,
): MapByChange {
  const { plan } = counting
  const { workspace, currency, keyKinds, browserSources, removals, upTo } = reading
  const versions = [...touchpoints.values()].map(({ id, version }) => [id, version])
  // What was taken away since is no commit's rows: after a removal everything is counted anew.
  const taken = removals.map(({ commit }) => String(commit))
  const key = [workspace, map.id, map.version, versions, choice.period, windowMs, plan.sampleSize]
  const { byKind } = coding.coding
  return {
    key: JSON.stringify([key, currency, keyKinds, browserSources, taken]),
    keep: (tally, counts) => ({ commit: upTo, tally, counts, byKind, groups: coding.groups }),
    since: (kept) => {
      const { tally, commit } = kept
      const { nowMs, keptUntilMs } = tally.plan
      const moved = plan.nowMs < nowMs || plan.nowMs > (keptUntilMs ?? nowMs)
      // A removal that a fold took in may be over and forgotten by now; one beyond its mark is in the key.
      const forgotten = commit < reading.mark
      if (moved || forgotten || commit > upTo || !goesOn(kept, coding)) return null
      const { moments } = tally.parts
      return {
        touched: commit === upTo ? null : touchedSinceQuery(reading, commit, MOST_TOUCHED + 1),
        most: MOST_TOUCHED,
        still: plan.nowMs === nowMs || nowMs > choice.period.toMs + windowMs,
        due: moments === null ? [] : dueCustomers(moments, nowMs, plan.nowMs),
        counts: (customers) => {
          const plans = plansOfChange(tally, plan)
          const query = (at: Reading) => mapOfCustomersQuery(at, coding, choice, customers)
          return {
            before: {
              counting: { ...counting, plan: plans.before },
              query: query({ ...reading, upTo: commit }),
            },
            after: {
              counting: { kind: 'map-change', plan, names: counting.names, kept: tally },
              query: query(reading),
            },
          }
        },
      }
    },
  }
}

/** Kinds, and groups of unmapped behaviour, only came behind those that were known. */
function goesOn({ byKind, groups }: KeptMap, now: MapCoding): boolean {
  return (
    byKind.every((code, kind) => now.coding.byKind[kind] === code) &&
    groups.every(({ event, path }, i) => {
      const same = now.groups[i]
      return same?.event === event && same.path === path
    })
  )
}
