import type { LeakEvidence } from './leak-evidence.ts'
import type { LeakReason } from './living-map.ts'

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

/** Why customers leave a step, as far as the events tell. */
export interface ExplainedLeak {
  /** Strongest first; empty: nothing stands out. */
  readonly reasons: readonly LeakReason[]
  /** Part of those who left that the strongest reason explains, 0–1. */
  readonly explained: number
}

/** A reason must explain at least this part of the loss; natural differences between customers stay well below. */
const LEAST_EXPLAINED = 0.25
/** Standard errors that the two shares must lie apart. Many candidates are tried, so it is far above 1.96. */
const LEAST_Z = 5
const FEWEST = 15

/**
 * Compares those who left a step with those who moved on from it: unmapped events they did within the window,
 * properties of their events at the step, their traits, earlier steps they went back to, and when it got worse.
 *
 * The part a difference explains is (share of left − share of moved) ÷ (1 − share of moved): how many of
 * those who left would have had to stay for the shares to be alike.
 */
export function explainLeak(
  evidence: LeakEvidence,
  values: readonly ValueContrast[],
): ExplainedLeak {
  const { left, moved } = evidence
  const sampled = { left: evidence.leftSample.length, moved: evidence.movedSample.length }
  const valuesOf = (of: ValueContrast['of']) => values.filter((value) => value.of === of)
  const candidates = [
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
    strongest(evidence.backs, { left, moved }, ({ toStepId }, leftShare) => ({
      kind: 'way-back',
      toStepId,
      share: leftShare,
    })),
  ]
    .flatMap((found) => found ?? [])
    .toSorted((a, b) => b.explained - a.explained)
  const worse = worseSince(evidence)
  const found = worse === null ? candidates : [...candidates, worse]
  return {
    reasons: found.map(({ reason }) => reason),
    explained: found.reduce((most, { explained }) => Math.max(most, explained), 0),
  }
}

interface Found {
  readonly reason: LeakReason
  readonly explained: number
}

function strongest<T extends { readonly left: number; readonly moved: number }>(
  candidates: readonly T[],
  of: { readonly left: number; readonly moved: number },
  reason: (candidate: T, leftShare: number, movedShare: number) => LeakReason,
): Found | null {
  let best: Found | null = null
  if (of.left === 0 || of.moved === 0) return null
  for (const candidate of candidates) {
    const leftShare = candidate.left / of.left
    const movedShare = candidate.moved / of.moved
    if (candidate.left < FEWEST || movedShare >= leftShare) continue
    const explained = (leftShare - movedShare) / (1 - movedShare)
    if (explained < LEAST_EXPLAINED || explained <= (best?.explained ?? 0)) continue
    if (apart(candidate.left, of.left, candidate.moved, of.moved) < LEAST_Z) continue
    best = { reason: reason(candidate, leftShare, movedShare), explained }
  }
  return best
}

/** Standard errors between two shares, pooled. */
function apart(a: number, ofA: number, b: number, ofB: number): number {
  const pooled = (a + b) / (ofA + ofB)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / ofA + 1 / ofB))
  return error === 0 ? 0 : Math.abs(a / ofA - b / ofB) / error
}

/** The cut of the period after which fewest moved on soon, against before. */
function worseSince({ slices, ripeSlices }: LeakEvidence): Found | null {
  const ripe = slices.slice(0, ripeSlices)
  let best: (Found & { readonly z: number }) | null = null
  for (let cut = 1; cut < ripe.length; cut++) {
    const before = total(ripe.slice(0, cut))
    const after = total(ripe.slice(cut))
    const sinceMs = ripe[cut]?.fromMs
    if (before.customers < FEWEST || after.customers < FEWEST || sinceMs === undefined) continue
    const lostBefore = 1 - before.moved / before.customers
    const lostAfter = 1 - after.moved / after.customers
    const lost = before.customers - before.moved + after.customers - after.moved
    if (lostAfter <= lostBefore || lost === 0) continue
    const explained = ((lostAfter - lostBefore) * after.customers) / lost
    const z = apart(before.moved, before.customers, after.moved, after.customers)
    if (explained < LEAST_EXPLAINED || z < LEAST_Z || z <= (best?.z ?? 0)) continue
    const shares = { before: 1 - lostBefore, after: 1 - lostAfter }
    best = { reason: { kind: 'worse-since', sinceMs, ...shares }, explained, z }
  }
  return best
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
