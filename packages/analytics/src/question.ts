/** Half-open, UTC epoch milliseconds. */
export interface Period {
  readonly fromMs: number
  readonly toMs: number
}

/** A condition on an event's property or a customer's trait. Text comparison as in `MatchRule`'s property. */
export type Condition =
  | { readonly property: string; readonly op: ConditionOperator; readonly value: string }
  | { readonly trait: string; readonly op: ConditionOperator; readonly value: string }
  | { readonly any: readonly Condition[] }
  | { readonly all: readonly Condition[] }

export type ConditionOperator = 'eq' | 'ne' | 'contains' | 'gte' | 'lte' | 'set' | 'unset'

/**
 * Who is counted. Trait conditions hold of the customer as they are now; a property condition holds
 * of a customer who has at least one event in the period that passes it.
 */
export interface Segment {
  /** All must hold; empty: everybody. */
  readonly conditions: readonly Condition[]
}
