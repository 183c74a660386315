import type { Removal } from './removal.ts'

/**
 * What of a workspace a question reads: the folded generation and where the log stands beyond it.
 * Made once per question by the server (`readingOf`); every piece of SQL takes it, so that no
 * table is ever read without its workspace.
 */
export interface Reading {
  readonly workspace: number
  /** Generation of `journeys`; 0: nothing was folded yet. */
  readonly fold: number
  /** The generation holds every event whose commit is ≤ this. */
  readonly mark: bigint
  /** The last settled commit: later ones are not read where the generation and the log are joined. */
  readonly upTo: bigint
  /**
   * How much lies beyond the generation: `none` (journeys alone answer), `some` (customers touched
   * since then are read from the events) or `all` (the events alone answer).
   */
  readonly beyond: 'none' | 'some' | 'all'
  /** False: every key is its own customer, so no owners need to be looked up. */
  readonly owned: boolean
  /** What was taken away and may still be in the store; none nearly always. */
  readonly removals: readonly Removal[]
  /** False: no order stands in several events, so its money need not be looked for. */
  readonly contested: boolean
  /** Keys that everybody can read in a page: what they say of an order stands behind what others say. */
  readonly browserSources: readonly number[]
  /** How often that was said anew: a generation made under another number is not read. */
  readonly keyKinds: number
  /** Events in another currency carry no value in journeys: sums of unlike money mean nothing. */
  readonly currency: string
}
