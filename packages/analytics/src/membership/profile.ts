import { corrected } from './false-discovery.ts'
import { liftOf } from './lift.ts'
import { type SharedBy, shareInterval } from './share-interval.ts'

/** Something that customers have or use. */
export interface Mark {
  readonly kind: 'trait' | 'channel' | 'touchpoint'
  /** Name of the trait or channel, id of the touchpoint. */
  readonly key: string
  readonly name: string
  /** Of the trait; null: it was used. */
  readonly value: string | null
}

export interface CountedMark extends Mark {
  readonly within: number
  /** Of everybody, those within included. */
  readonly everybody: number
}

export interface ProfileMark extends Mark {
  readonly within: SharedBy
  readonly everybody: SharedBy
  readonly lift: number
  readonly liftLow: number
  readonly liftHigh: number | null
  readonly corrected: number
}

export interface Profile {
  /** What surely differs most comes first. */
  readonly marks: readonly ProfileMark[]
  /** How many could be judged. */
  readonly looked: number
}

const MOST_CHANCE = 0.05
const MOST_MARKS = 100

/**
 * What sets a group apart from everybody: only what stands after correcting for how much was looked at. Ordered by
 * the end of the lift's interval that lies nearer to "no difference".
 */
export function profileOf(
  counted: readonly CountedMark[],
  customers: number,
  everybody: number,
): Profile {
  const judged = counted.flatMap((mark) => {
    const lift = liftOf(mark.within, customers, mark.everybody, everybody)
    return lift === null ? [] : [{ mark, lift }]
  })
  const chances = corrected(judged.map(({ lift }) => lift.chance))
  const marks = judged
    .map(({ mark, lift }, i) => ({
      ...mark,
      within: shareInterval(mark.within, customers),
      everybody: shareInterval(mark.everybody, everybody),
      lift: lift.lift,
      liftLow: lift.low,
      liftHigh: lift.high,
      corrected: chances[i] ?? 1,
    }))
    .filter((mark) => mark.corrected <= MOST_CHANCE)
    .toSorted((a, b) => surely(b) - surely(a) || a.corrected - b.corrected)
  return { marks: marks.slice(0, MOST_MARKS), looked: judged.length }
}

/** How far the difference surely goes, either way; 0: it may be none. */
function surely({ lift, liftLow, liftHigh }: ProfileMark): number {
  if (lift >= 1) return liftLow <= 0 ? 0 : Math.max(0, Math.log(liftLow))
  return liftHigh === null ? 0 : Math.max(0, -Math.log(liftHigh))
}
