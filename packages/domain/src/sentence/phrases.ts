import type { OperatorCode } from '../condition/operator.ts'
import type { UrlOperator } from '../condition/url-operator.ts'
import type { FeedbackScale } from '../feedback.ts'
import type { AmountLeaf, MapState, NumberTest } from '../segment/segment-rule.ts'
import type { WindowUnit } from '../segment/window.ts'
import type { Quotes } from './quoted-text.ts'

/**
 * One phrase for every number, or one for each form that the language's plural has. `=1` is for one alone, and may do
 * without the number ("once", "today").
 */
export type Forms =
  | string
  | {
      readonly '=1'?: string
      readonly one?: string
      readonly few?: string
      readonly many?: string
      readonly other: string
    }

export interface GroupWords {
  readonly and: string
  readonly or: string
  /** Before the bracket that holds what must not be. */
  readonly none: string
  /** An empty `all`, and an empty `any`. */
  readonly everything: string
  readonly nothing: string
}

/** How one language says rules. In a phrase `{event}` is where the field `event` is said. */
export interface Phrases {
  readonly quotes: Quotes
  readonly brackets: readonly [open: string, shut: string]
  /** Between the texts of a list, and before its last one. */
  readonly list: { readonly comma: string; readonly or: string }
  readonly whole: string
  readonly everybody: string
  readonly nobody: string
  readonly customers: GroupWords
  readonly leaf: {
    readonly trait: string
    readonly did: string
    readonly didNot: string
    readonly amount: string
    readonly days: string
    readonly values: string
    readonly first: string
    readonly last: string
    readonly sequence: string
    readonly latestSaid: string
    readonly anySaid: string
    readonly segment: string
    readonly list: string
  }
  readonly amount: Readonly<
    Record<AmountLeaf['amount'], { readonly value: string; readonly property: string }>
  >
  readonly sequence: {
    readonly next: string
    readonly stepWithinMs: string
    readonly withinMs: string
    readonly without: string
  }
  readonly state: Readonly<Record<MapState, string>>
  readonly said: {
    readonly about: string
    readonly words: string
    /** Of any score. */
    readonly anyScore: string
    readonly score: Readonly<Record<NumberTest['op'], string>>
    readonly scale: Readonly<Record<FeedbackScale, string>>
  }
  readonly events: GroupWords
  readonly event: {
    readonly any: string
    readonly where: string
    readonly touchpoint: string
    readonly isEvent: string
    readonly isTouchpoint: string
    readonly channel: string
    readonly url: Readonly<Record<UrlOperator, string>>
    readonly property: string
    readonly trait: string
  }
  readonly compare: Readonly<Record<OperatorCode, Forms>>
  readonly test: Readonly<Record<NumberTest['op'], string>>
  readonly times: Readonly<Record<NumberTest['op'], Forms>>
  readonly window: {
    readonly ever: string
    readonly question: string
    readonly hours: Forms
    readonly last: Readonly<Record<WindowUnit, Forms>>
    readonly next: Readonly<Record<WindowUnit, Forms>>
    readonly between: string
    readonly before: string
    readonly after: string
  }
  readonly duration: Readonly<Record<DurationUnit, Forms>>
}

export type DurationUnit = 'days' | 'hours' | 'minutes' | 'seconds' | 'milliseconds'
