/** A call that says what a customer did. `identify`, `alias` and `group` say who they are and are no events. */
export type EventType = 'track' | 'page' | 'screen'

/**
 * One entry of the vocabulary: everything about an event that takes few values.
 * Rules that ask no more than this are decided once per kind, not once per event.
 */
export interface EventKind {
  /** Dense from 1 within the workspace. */
  readonly code: number
  readonly type: EventType
  /** `page_view` and `screen_view` for pages and screens without a track name. */
  readonly name: string
  readonly channel: string
  /** Path of the page URL without query; empty when the event had none. */
  readonly path: string
  /** True: `path` stands for many paths, so it cannot decide a rule on URLs. */
  readonly coarse: boolean
  /**
   * True: `name` stands for many names, so it cannot decide a rule on names; and where the channel is
   * `ANY_CHANNEL`, for many channels too.
   */
  readonly coarseName?: boolean
}

/** The channel of a kind that stands for all of them. */
export const ANY_CHANNEL = '*'

/** One event as a rule sees it. */
export interface EventFacts {
  readonly type: EventType
  readonly name: string
  readonly channel: string
  readonly path: string
  /** Text values; objects flattened with dots. A missing key means the event had none. */
  readonly properties: Readonly<Record<string, string>>
}
