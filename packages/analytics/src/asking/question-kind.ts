import type {
  EventKind,
  JourneyMap,
  RuleOf,
  SegmentOf,
  SegmentRule,
  Touchpoint,
  Zone,
} from '@parcurs/domain'
import type { Reading } from '../journey/reading.ts'
import type { Asked, Definition, Period, Sample } from '../question.ts'
import type { Matching } from '../selection/matching.ts'
import type { Misfit } from '../selection/misfit.ts'
import type { Sql } from '../sql.ts'
import type { Reads } from './read.ts'

/**
 * One kind of question: what is asked becomes a plan, the plan says what to read, what was read becomes
 * the answer. All three are pure; a runner reads between them, and nothing else touches the stores.
 *
 * @template Found what the reads come to, by name
 */
export interface QuestionKind<Question, Plan extends Planned, Found, Answer> {
  /** Maps that the question names: without them it is refused before it is planned. */
  readonly mapsOf: (question: Question) => readonly string[]
  /** Whom it asks about; null: everybody. */
  readonly segmentOf: (question: Question) => SegmentRule | null
  /** Everything about the question but the numbers. */
  readonly plan: (question: Question, context: QuestionContext) => Plan | Misfit
  /**
   * What to read next, given what was read so far: all of it is read at once, then this is asked again. A read
   * whose name was found already is not read twice; nothing new: everything is there.
   */
  readonly reads: (plan: Plan, found: Partial<Found>, context: QuestionContext) => Reads<Found>
  readonly shape: (plan: Plan, found: Partial<Found>, context: QuestionContext) => Answer
}

/** What every plan says of itself. */
export interface Planned {
  /** As it was resolved; null: all time. */
  readonly period: Period | null
  /** From this instant on the answer no longer depends on `now`; null: it never does. Infinity: it always does. */
  readonly settledMs: number | null
}

/** What a kind may know of the workspace and of the instant. */
export interface QuestionContext {
  readonly reading: Reading
  readonly workspace: AskedWorkspace
  readonly zone: Zone
  readonly nowMs: number
  readonly kinds: readonly EventKind[]
  /** By id. */
  readonly touchpoints: ReadonlyMap<string, Touchpoint>
  /** Those that `mapsOf` and the segment named, by id. */
  readonly maps: ReadonlyMap<string, JourneyMap>
  /** A saved segment. */
  readonly segment: SegmentOf
  /** Who is on a list: a subquery of one column. */
  readonly listed: (list: string) => Sql
  /** How many threads may count at once. */
  readonly threads: number
}

export interface AskedWorkspace {
  readonly timeZone: string
  readonly weekStart: 'monday' | 'sunday'
  readonly currency: string
  readonly simulated: boolean
}

/** For kinds that read no map. */
export const noMaps = (): readonly string[] => []

/** For kinds that can be narrowed. */
export function segmentOf({ segment }: Pick<Asked, 'segment'>): SegmentRule | null {
  return segment ?? null
}

export function touchpointRule({ touchpoints }: QuestionContext): RuleOf {
  return (id) => touchpoints.get(id)?.rule ?? null
}

/** Matches no event. */
export const NOTHING: Matching = { rule: { kind: 'any', rules: [] }, also: [] }

/** The runner adds what was read, and which saved segments were asked about. */
export function definitionOf(
  key: string,
  parameters: Readonly<Record<string, unknown>>,
  sample: Sample,
  { workspace, nowMs }: QuestionContext,
): Definition {
  return { key, parameters, timeZone: workspace.timeZone, nowMs, sample, read: null, segments: [] }
}
