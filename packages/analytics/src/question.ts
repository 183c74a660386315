import type { EventCondition, MatchRule, Period, SegmentRule } from '@parcurs/domain'

export type { Period }

/** A period as people ask for it. Dates are local to the workspace and both count; days are back from now. */
export type PeriodAsked =
  | Period
  | { readonly from: string; readonly to: string }
  | { readonly lastDays: number }

/** Which events a step, a cohort or an exclusion means. All that is named must hold; nothing named: any event. */
export interface Matcher {
  /** Event names, one of which must fit; null or absent: any. */
  readonly event?: string | readonly string[] | null
  readonly touchpoint?: string
  readonly rule?: MatchRule
  readonly where?: readonly EventCondition[]
}

/** A text is an event's name, null is any event. */
export type MatcherAsked = string | null | Matcher

/** What every question of events can narrow. */
export interface Asked {
  /** Absent or null: all time. */
  readonly period?: PeriodAsked | null
  /** Whose events count; absent or null: everybody's. */
  readonly segment?: SegmentRule | null
  /** Only events that pass all of these exist for the question. */
  readonly where?: readonly EventCondition[]
  /** Count the values of this event property in place of customers; events without it do not exist. */
  readonly unit?: { readonly property: string }
  /** Read only this share of the customers, 0.001–1, always the same ones. Numbers are then theirs. Absent: everybody. */
  readonly sample?: number
}

/** How a number came about; every answer carries it. */
export interface Definition {
  /** The section of docs/definitions.md. */
  readonly key: string
  /** Every parameter, defaults included, as they were used. */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly timeZone: string
  /** `now` of the answer. */
  readonly nowMs: number
  readonly sample: Sample
  /** What the stores looked at for it; null: they did not tell. */
  readonly read: WhatWasRead | null
  /** Saved segments that whom it asks about is said by, as they were. */
  readonly segments: readonly DefinedSegment[]
}

export interface DefinedSegment {
  readonly id: string
  readonly name: string
  readonly version: number
}

export interface WhatWasRead {
  readonly rows: number
  readonly bytes: number
}

export interface Sample {
  readonly unit: 'customers' | 'sessions' | 'entries' | 'paths' | 'values'
  /** How many stand behind the answer. */
  readonly n: number
  /** Of the customers so many were read, 0–1; 1: everybody was. */
  readonly share: number
}
