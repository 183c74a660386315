import { ratioToWhole } from '../membership/lift.ts'
import { Z_95 } from '../membership/share-interval.ts'

/** A part of a loss, 0–1, with its 95 % interval. */
export interface ExplainedPart {
  readonly share: number
  readonly low: number
  readonly high: number
}

/** So many of a group. */
export interface Counted {
  readonly n: number
  readonly of: number
}

/**
 * What a difference explains of a loss: (p − q) ÷ (1 − q) = 1 − R, with p the share of those who left, q of those who
 * moved on and R = (1 − p) ÷ (1 − q), the ratio of two shares. Its interval by the delta method on the logarithm:
 * var log R = p ÷ (n(1 − p)) + q ÷ (m(1 − q)). Where all who left have it, half a customer who has not stands in.
 */
export function explainedByContrast(left: Counted, moved: Counted): ExplainedPart {
  const ratio = (without: number) => without / left.of / (1 - moved.n / moved.of)
  const without = left.of - left.n
  const held = without === 0 ? 0.5 : without
  const error = Math.sqrt(1 / held - 1 / left.of + moved.n / (moved.of * (moved.of - moved.n)))
  return partOf(
    ratio(without),
    without === 0 ? 0 : ratio(held) * Math.exp(-Z_95 * error),
    ratio(held) * Math.exp(Z_95 * error),
  )
}

/**
 * What a day since which it is worse explains of all that was lost: (b − a) · m ÷ lost = 1 − R, with a the share lost of
 * the n before, b of the m since, and R = a ÷ the share lost of all.
 */
export function explainedSince(before: Counted, since: Counted): ExplainedPart {
  const lost = (before.n + since.n) / (before.of + since.of)
  const [low, high] = ratioToWhole(before.n, before.of, since.n, since.of)
  return partOf(before.n / before.of / lost, low, high ?? 1)
}

function partOf(ratio: number, low: number, high: number): ExplainedPart {
  return { share: 1 - ratio, low: Math.max(0, 1 - high), high: 1 - low }
}
