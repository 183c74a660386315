import type { MatchRule } from './condition/event-condition.ts'

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
