import type { NumberTest } from './segment-rule.ts'

export function passesTest(test: NumberTest, number: number): boolean {
  switch (test.op) {
    case 'gte':
      return number >= test.value
    case 'lte':
      return number <= test.value
    case 'eq':
      return number === test.value
    case 'between':
      return number >= test.least && number <= test.most
  }
}

/** Money and numeric properties are summed as whole ten-thousandths: exact, in whatever order. */
const PARTS = 10_000
/** Larger numbers are no amounts. */
export const MOST_AMOUNT = 900_000_000_000

/** @returns null: too large to be an amount */
export function amountParts(number: number): bigint | null {
  return Math.abs(number) > MOST_AMOUNT ? null : BigInt(Math.floor(number * PARTS + 0.5))
}

/**
 * A test of `sum ÷ count` (both in ten-thousandths), without dividing.
 *
 * @param count 1: of the sum itself
 */
export function passesAmount(test: NumberTest, sum: bigint, count: bigint): boolean {
  const bound = (number: number) => BigInt(Math.floor(number * PARTS + 0.5)) * count
  switch (test.op) {
    case 'gte':
      return sum >= bound(test.value)
    case 'lte':
      return sum <= bound(test.value)
    case 'eq':
      return sum === bound(test.value)
    case 'between':
      return sum >= bound(test.least) && sum <= bound(test.most)
  }
}
