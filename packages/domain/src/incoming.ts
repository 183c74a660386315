import type { EventType } from './event.ts'
import type { FlatProperties } from './flat-properties.ts'
import type { TenThousandths } from './money.ts'

/**
 * An event as it is stored: checked, bounded and flat. Whoever makes one (collection, import, the demo)
 * answers for its text being well formed (`wellFormed`) and its ids being identities (`isIdentity`).
 */
export interface IncomingEvent {
  readonly type: EventType
  readonly name: string
  readonly channel: string
  /** Path of the page without query; empty: none. */
  readonly path: string
  /** Empty: none. At least one of the two ids is there. */
  readonly userId: string
  readonly anonymousId: string
  /** Once for ever within the workspace. */
  readonly messageId: string
  readonly timeMs: number
  /** Order among events of one instant: the sender's sequence, or the place in the batch or file. */
  readonly position: number
  readonly value: TenThousandths | null
  readonly currency: string
  readonly orderId: string
  readonly properties: FlatProperties
}

/** Who somebody is: traits, and a link when it carries both ids. */
export interface IncomingTraits {
  readonly userId: string
  readonly anonymousId: string
  readonly timeMs: number
  readonly traits: FlatProperties
}

/** Traits of a group (company, household), and that the customer belongs to it. */
export interface IncomingGroup extends IncomingTraits {
  readonly groupId: string
}

/** `previousId`, be it a user's or an anonymous id, is the user `userId`. */
export interface IncomingAlias {
  readonly previousId: string
  /** A user's id; of a call that names an anonymous id only, that one. */
  readonly userId: string
  /** True: `userId` is a device’s, which is joined to the same customer. */
  readonly ofDevice?: boolean
  readonly timeMs: number
}

/** What is stored in one go. */
export interface IncomingBatch {
  readonly events: readonly IncomingEvent[]
  readonly identifies: readonly IncomingTraits[]
  readonly groups: readonly IncomingGroup[]
  readonly aliases: readonly IncomingAlias[]
}
