import { Z_95 } from './share-interval.ts'

/** How much larger a share is within a group than among everybody, the group included. */
export interface Lift {
  /** 1: no difference; 0: nobody of the group. */
  readonly lift: number
  readonly low: number
  /** null: no bound can be given (the group is everybody of the few who have it). */
  readonly high: number | null
  /** Chance of so large a difference, or a larger one, between group and others where there is none. */
  readonly chance: number
}

/**
 * @param within so many of the `group` customers of the group
 * @param all so many of `everybody`, group and others
 * @returns null: too few to say anything, or nobody is apart from the group
 */
export function liftOf(within: number, group: number, all: number, everybody: number): Lift | null {
  const others = everybody - group
  if (group === 0 || others === 0 || all === 0 || all === everybody) return null
  // The normal approximation needs some five expected in every cell.
  const fewest = (Math.min(group, others) * Math.min(all, everybody - all)) / everybody
  if (fewest < 5) return null
  const share = all / everybody
  const lift = within / group / share
  const [low, high] = ratioToWhole(within, group, all - within, others)
  return { lift, low, high, chance: chanceOf(within, group, all - within, others) }
}

/**
 * 95 % bounds of the share within a group over the share of everybody, by a of the n of the group and c of the m others.
 * The group is part of everybody, so both shares rise together. With p within and q among the others, everybody's share
 * is s = w·p + (1 − w)·q, w the group's part; by the delta method
 * var log(p/s) = (1/p − w/s)²·p(1 − p)/n + ((1 − w)/s)²·q(1 − q)/m.
 * Where nobody of the group has it, half a customer stands in for the upper bound.
 */
export function ratioToWhole(
  a: number,
  n: number,
  c: number,
  m: number,
): readonly [number, number | null] {
  const p = a === 0 ? 0.5 / n : a / n
  const q = c / m
  const w = n / (n + m)
  const s = w * p + (1 - w) * q
  const error = Math.sqrt(
    ((1 / p - w / s) ** 2 * p * (1 - p)) / n + (((1 - w) / s) ** 2 * q * (1 - q)) / m,
  )
  const high = (p / s) * Math.exp(Z_95 * error)
  if (!Number.isFinite(high)) return [0, null]
  return [a === 0 ? 0 : (p / s) * Math.exp(-Z_95 * error), high]
}

/** Two-sided test of two shares, pooled. */
function chanceOf(a: number, n: number, c: number, m: number): number {
  const pooled = (a + c) / (n + m)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
  if (error === 0) return 1
  return Math.min(1, complementaryError(Math.abs(a / n - c / m) / error / Math.SQRT2))
}

/** erfc for x ≥ 0, relative error below 1.2e-7 however small: Press et al., Numerical Recipes in C, 2nd ed., 6.2. */
function complementaryError(x: number): number {
  const t = 1 / (1 + 0.5 * x)
  const terms = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398,
    1.48851587, -0.82215223, 0.17087277,
  ]
  const sum = terms.reduceRight((held, term) => held * t + term, 0)
  return t * Math.exp(-x * x + sum)
}
