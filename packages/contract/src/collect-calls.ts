import { z } from 'zod'

// Calls in the shape of the Segment HTTP spec (https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/).
// Compiled to ajv where they are checked, once an event: whatever is not named here is allowed and looked at later.

/** Clients send numbers as ids too; null means none. */
const id = z
  .union([z.string().max(500), z.number()])
  .nullable()
  .exactOptional()
/** ISO 8601, or epoch seconds or milliseconds. */
const instant = z
  .union([z.string().max(60), z.number()])
  .nullable()
  .exactOptional()
const object = z.looseObject({}).nullable().exactOptional()

const common = {
  anonymousId: id,
  userId: id,
  /** Once for ever within the workspace; made up when there is none. */
  messageId: z.string().max(300).nullable().exactOptional(),
  timestamp: instant,
  sentAt: instant,
  originalTimestamp: instant,
  context: object,
  integrations: object,
}

const name = z.string().max(300).nullable().exactOptional()

export const trackCall = z.looseObject({
  ...common,
  event: z.string().min(1).max(300),
  properties: object,
})
export const pageCall = z.looseObject({ ...common, name, category: name, properties: object })
export const screenCall = pageCall
export const identifyCall = z.looseObject({ ...common, traits: object })
export const groupCall = z.looseObject({
  ...common,
  groupId: z.union([z.string().min(1).max(500), z.number()]),
  traits: object,
})
export const aliasCall = z.looseObject({
  ...common,
  previousId: z.union([z.string().min(1).max(500), z.number()]),
})

/** By the call's name: its address, and `type` inside a batch. */
export const COLLECT_CALLS = {
  track: trackCall,
  page: pageCall,
  screen: screenCall,
  identify: identifyCall,
  group: groupCall,
  alias: aliasCall,
} as const

export type CallType = keyof typeof COLLECT_CALLS

/** What surrounds the calls of a batch; each call is checked by itself. */
export const batchCall = z.looseObject({
  batch: z.array(z.unknown()).max(5000),
  sentAt: instant,
  context: object,
  /** Calls from an archive: each keeps the time it states, however long ago it was sent. */
  historical: z.boolean().exactOptional(),
})

export const MAX_CALL_BYTES = 32_000
export const MAX_BATCH_BYTES = 500_000
