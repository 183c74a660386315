import type { Planned, QuestionContext } from '@parcurs/analytics'
import type { ResolvedSegment } from '@parcurs/domain'

const MINUTE_MS = 60_000

/**
 * What an answer of a workspace is true of: its log, its library, how it counts. Up to a commit of the
 * workspace the log never changes.
 */
export function factsOf({ reading, workspace, touchpoints }: QuestionContext): string {
  const { timeZone, weekStart, currency, simulated } = workspace
  const versions = [...touchpoints.values()].map(({ id, version }) => [id, version])
  return JSON.stringify([String(reading.upTo), timeZone, weekStart, currency, simulated, versions])
}

/**
 * Questions with the same key have the same answer while the facts hold. Where it depends on `now`, the same
 * minute: an answer says at which instant it was true.
 *
 * @param segment whom it asks about, with the rules of saved segments in their place: they may change
 */
export function questionKey(
  question: object,
  segment: ResolvedSegment | null,
  { period, settledMs }: Planned,
  { nowMs, maps }: QuestionContext,
): string {
  const asOf = settledMs === null || nowMs >= settledMs ? null : Math.floor(nowMs / MINUTE_MS)
  const versions = [...maps.values()].map(({ id, version }) => [id, version])
  return JSON.stringify([sorted(question), sorted(segment), period, asOf, versions])
}

/** The order in which fields were written makes no difference. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, held]) => [name, sorted(held)]),
  )
}
