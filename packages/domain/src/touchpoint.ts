/** Which events are a touchpoint. Plain data: stored, sent, shown and edited as it stands. */
export type MatchRule =
  | { readonly kind: 'all'; readonly rules: readonly MatchRule[] }
  | { readonly kind: 'any'; readonly rules: readonly MatchRule[] }
  /** Not one of these. */
  | { readonly kind: 'none'; readonly rules: readonly MatchRule[] }
  | { readonly kind: 'event'; readonly names: readonly string[] }
  | { readonly kind: 'channel'; readonly channels: readonly string[] }
  | { readonly kind: 'url'; readonly op: UrlOperator; readonly value: string }
  | {
      readonly kind: 'property'
      readonly property: string
      readonly op: PropertyOperator
      /** Text; numbers are compared as numbers by gte, lte. Unused by `set` and `unset`. */
      readonly value: string
    }

/** On the path. `like` knows `*` = any text; everything else is literal; it matches the whole path. */
export type UrlOperator = 'equals' | 'starts-with' | 'contains' | 'like'

/** A missing property fails every operator except `ne` and `unset`. Text is compared exactly, `contains` ignores case. */
export type PropertyOperator = 'eq' | 'ne' | 'contains' | 'gte' | 'lte' | 'set' | 'unset'

export type Presence = 'digital' | 'physical' | 'hybrid'

/** Known channels; workspaces may use others. */
export const CHANNELS = [
  'web',
  'app',
  'email',
  'sms',
  'push',
  'ad',
  'search',
  'social',
  'chat',
  'call',
  'store',
  'review',
  'partner',
  'other',
] as const

/** A named place of contact. */
export interface Touchpoint {
  readonly id: string
  readonly name: string
  readonly channel: string
  readonly ownerTeam: string
  readonly presence: Presence
  readonly rule: MatchRule
  /** Rises with each change of the definition. */
  readonly version: number
}
