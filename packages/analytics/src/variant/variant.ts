import type { ItemsAsked } from '../path/path-items.ts'
import type { Asked, Definition } from '../question.ts'

/** Which ways through are there, and how common is each? Every option is explained in docs/definitions.md. */
export interface VariantsQuestion extends Asked, ItemsAsked {
  readonly version?: 1
  readonly kind: 'variants'
  /** What is a journey: all that a customer did in the period (default), or each of their sessions. */
  readonly per?: 'customers' | 'sessions'
  /** Of sessions: a longer pause begins another one, default 30 minutes. */
  readonly gapMs?: number
  /** `keep` (default): an item that follows itself stands twice. */
  readonly runs?: 'keep' | 'collapse'
  /** Variants listed, 1–200, default 25. */
  readonly limit?: number
  /** Customers named of each, 0–10, default 3. */
  readonly examples?: number
}

export interface VariantsAnswer {
  readonly version: 1
  readonly kind: 'variants'
  readonly definition: Definition
  /** Journeys, or sessions, with an item. */
  readonly journeys: number
  /** Customers (or values of the unit) with an item. */
  readonly customers: number
  /** How many different ones there are. */
  readonly variants: number
  /** Variants that a single journey has. */
  readonly once: number
  /** Most common first. */
  readonly listed: readonly Variant[]
  /** All that are not listed. */
  readonly rest: VariantRest
}

export interface Variant {
  /** The same for the same items in every answer: what customers behind it are asked by. */
  readonly id: string
  /** In order; the first 200 of a longer one. */
  readonly items: readonly string[]
  /** How many items it has. */
  readonly length: number
  readonly count: number
  readonly customers: number
  /** count ÷ journeys. */
  readonly share: number | null
  /** Of the time from the first item to the last. */
  readonly medianMs: number
  /** Always the same ones; none where values of a unit are counted. */
  readonly examples: readonly VariantExample[]
}

export interface VariantExample {
  readonly customer: string
  /** Name or email where known, else the user id, else the anonymous id. */
  readonly label: string
}

export interface VariantRest {
  readonly variants: number
  readonly count: number
  readonly share: number | null
}
