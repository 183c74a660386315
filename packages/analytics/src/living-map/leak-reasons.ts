import { type ExplainedPart, explainedByContrast, explainedSince } from './explained-part.ts'
import type { LeakEvidence } from './leak-evidence.ts'
import type { FoundReason } from './living-map.ts'

/** A value that some of those who left and of those who moved on have, in the samples of both. */
export interface ValueContrast {
  /** A property of their events at the step, or a trait of the customers themselves. */
  readonly of: 'property' | 'trait'
  readonly name: string
  readonly value: string
  /** Customers of the sample. */
  readonly left: number
  readonly moved: number
}

/** A reason without what it explains. */
type NamedReason = WithoutPart<FoundReason>
type WithoutPart<Reason> = Reason extends unknown ? Omit<Reason, 'explained'> : never

/** A reason must explain at least this part of the loss; natural differences between customers stay well below. */
const LEAST_EXPLAINED = 0.25
/** Standard errors that the two shares must lie apart. Many candidates are tried, so it is far above 1.96. */
const LEAST_Z = 5
const FEWEST = 15

/**
 * Why customers leave a step, as far as the events tell: the strongest reason first; empty: nothing stands out.
 *
 * Compares those who left a step with those who moved on from it: unmapped events they did within the window,
 * properties of their events at the step, their traits, earlier steps they went back to, and when it got worse.
 *
 * The part a difference explains is (share of left − share of moved) ÷ (1 − share of moved): how many of
 * those who left would have had to stay for the shares to be alike; see `explainedByContrast`.
 */
export function explainLeak(
  evidence: LeakEvidence,
  values: readonly ValueContrast[],
): readonly FoundReason[] {
  const { left, moved } = evidence
  const sampled = { left: evidence.leftSample.length, moved: evidence.movedSample.length }
  const valuesOf = (of: ValueContrast['of']) => values.filter((value) => value.of === of)
  return [
    strongest(evidence.events, { left, moved }, ({ event }, leftShare, movedShare) => ({
      kind: 'event',
      event,
      leftShare,
      movedShare,
    })),
    strongest(valuesOf('property'), sampled, ({ name, value }, leftShare, movedShare) => ({
      kind: 'property',
      property: name,
      value,
      leftShare,
      movedShare,
    })),
    strongest(valuesOf('trait'), sampled, ({ name, value }, leftShare, movedShare) => ({
      kind: 'trait',
      trait: name,
      value,
      leftShare,
      movedShare,
    })),
    strongest(evidence.backs, { left, moved }, ({ toStepId }, leftShare, movedShare) => ({
      kind: 'way-back',
      toStepId,
      share: leftShare,
      movedShare,
    })),
    worseSince(evidence),
  ]
    .flatMap((found) => found ?? [])
    .toSorted((a, b) => b.explained.share - a.explained.share)
}

function strongest<T extends { readonly left: number; readonly moved: number }>(
  candidates: readonly T[],
  of: { readonly left: number; readonly moved: number },
  reason: (candidate: T, leftShare: number, movedShare: number) => NamedReason,
): FoundReason | null {
  let best: FoundReason | null = null
  if (of.left === 0 || of.moved === 0) return null
  for (const candidate of candidates) {
    const leftShare = candidate.left / of.left
    const movedShare = candidate.moved / of.moved
    if (candidate.left < FEWEST || movedShare >= leftShare) continue
    const explained = explainedByContrast(
      { n: candidate.left, of: of.left },
      { n: candidate.moved, of: of.moved },
    )
    if (!outdoes(explained, best)) continue
    if (apart(candidate.left, of.left, candidate.moved, of.moved) < LEAST_Z) continue
    best = { ...reason(candidate, leftShare, movedShare), explained }
  }
  return best
}

function outdoes({ share }: ExplainedPart, best: FoundReason | null): boolean {
  return share >= LEAST_EXPLAINED && share > (best?.explained.share ?? 0)
}

/** Standard errors between two shares, pooled. */
function apart(a: number, ofA: number, b: number, ofB: number): number {
  const pooled = (a + b) / (ofA + ofB)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / ofA + 1 / ofB))
  return error === 0 ? 0 : Math.abs(a / ofA - b / ofB) / error
}

/** The cut of the period after which fewest moved on soon, against before. */
function worseSince({ slices, ripeSlices }: LeakEvidence): FoundReason | null {
  const ripe = slices.slice(0, ripeSlices)
  let best: { readonly reason: FoundReason; readonly z: number } | null = null
  for (let cut = 1; cut < ripe.length; cut++) {
    const before = total(ripe.slice(0, cut))
    const after = total(ripe.slice(cut))
    const sinceMs = ripe[cut]?.fromMs
    if (before.customers < FEWEST || after.customers < FEWEST || sinceMs === undefined) continue
    const lostBefore = 1 - before.moved / before.customers
    const lostAfter = 1 - after.moved / after.customers
    const lost = before.customers - before.moved + after.customers - after.moved
    if (lostAfter <= lostBefore || lost === 0) continue
    const explained = explainedSince(
      { n: before.customers - before.moved, of: before.customers },
      { n: after.customers - after.moved, of: after.customers },
    )
    const z = apart(before.moved, before.customers, after.moved, after.customers)
    if (explained.share < LEAST_EXPLAINED || z < LEAST_Z || z <= (best?.z ?? 0)) continue
    const shares = { before: 1 - lostBefore, after: 1 - lostAfter }
    best = { reason: { kind: 'worse-since', sinceMs, ...shares, explained }, z }
  }
  return best?.reason ?? null
}

function total(slices: LeakEvidence['slices']) {
  return slices.reduce(
    (sum, { customers, moved }) => ({
      customers: sum.customers + customers,
      moved: sum.moved + moved,
    }),
    { customers: 0, moved: 0 },
  )
}
