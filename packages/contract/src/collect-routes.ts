import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import {
  batchCall,
  type CallType,
  COLLECT_CALLS,
  MAX_BATCH_BYTES,
  MAX_CALL_BYTES,
} from './collect-calls.ts'
import { instantMs, queryInt, workspaceParams } from './fields.ts'
import { objectOf } from './json.ts'
import { customerKey } from './customer-fields.ts'
import { route } from './route.ts'

/** What was refused of a request, and why. */
export const refusedCall = z.strictObject({
  /** Place in the batch, from 0. */
  index: z.int(),
  code: z.string(),
  detail: z.string(),
})

/** What of a stored call does not count. */
const callWarning = z.strictObject({
  /** Place in the batch, from 0. */
  index: z.int(),
  /** Money that cannot be read, that could be two amounts, or of another currency than the workspace's. */
  code: z.enum(['money-unread', 'money-ambiguous', 'other-currency']),
  detail: z.string(),
})

export type CallWarning = z.infer<typeof callWarning>

export const collected = z.strictObject({
  /** Segment's clients look for it. */
  success: z.literal(true),
  /** Calls that are stored now, durably. */
  stored: z.int(),
  /** Calls whose messageId was stored before: nothing was done about them. */
  duplicates: z.int(),
  refused: z.array(refusedCall),
  /** Events whose time was moved, because the clock that stated it was off by more than a minute, and by how much at most; left out: none. */
  shifted: z.strictObject({ calls: z.int(), byMs: z.int() }).exactOptional(),
  /** Of calls that are stored: what in them does not count, the first 100; left out: nothing. */
  warnings: z.array(callWarning).exactOptional(),
})

/** Clients add what they like to the address; only this is read. */
const collectQuery = z.looseObject({
  historical: z
    .enum(['true', 'false'])
    .exactOptional()
    .describe('true: calls from an archive, which keep the time they state'),
})

const writeKeyText = z.string().min(1).max(200)

const problems = ['event-refused', 'body-too-large', 'too-busy', 'store-away'] as const

const SAID: Readonly<Record<CallType, string>> = {
  track: 'Records what a customer did',
  page: 'Records a page view',
  screen: 'Records a screen view of an app',
  identify: 'Says who somebody is: traits, and that an anonymous id is a user',
  group: 'Says to which group (company, household) somebody belongs',
  alias: 'Merges one customer into another',
}

function callRoute(type: CallType) {
  return route({
    ...ADDRESSES[type],
    // What browsers of Segment's ask for.
    also: [`/v1/${type.charAt(0)}`],
    access: 'write-key',
    summary: SAID[type],
    tag: 'Collect',
    query: collectQuery,
    body: described(COLLECT_CALLS[type]),
    limitBytes: MAX_CALL_BYTES,
    answer: collected,
    problems,
  })
}

/** Any JSON as far as the frame is concerned: calls are checked one by one by the collector, and described here. */
function described(schema: z.ZodType): z.ZodUnknown {
  const { $schema: _, ...json } = objectOf(JSON.parse(JSON.stringify(z.toJSONSchema(schema))))
  return z.unknown().meta(json)
}

const unmerged = z.strictObject({
  /** Who the two are now. */
  customer: customerKey,
  other: customerKey,
})

export const collectRoutes = {
  track: callRoute('track'),
  page: callRoute('page'),
  screen: callRoute('screen'),
  identify: callRoute('identify'),
  group: callRoute('group'),
  alias: callRoute('alias'),
  batch: route({
    ...ADDRESSES.batch,
    // Mobile clients; Ruby, .NET and Java; the beacon of RudderStack's browser client.
    also: ['/v1/b', '/v1/import', '/beacon/v1/batch'],
    access: 'write-key',
    summary: 'Records many calls at once; the good ones are stored when others are refused',
    tag: 'Collect',
    query: collectQuery,
    body: described(batchCall),
    limitBytes: MAX_BATCH_BYTES,
    answer: collected,
    problems,
  }),
  clientSettings: route({
    ...ADDRESSES.clientSettings,
    also: ['/projects/:writeKey/settings'],
    access: 'public',
    summary: 'What Segment’s browser and mobile clients ask for before they send anything',
    tag: 'Collect',
    params: z.strictObject({ writeKey: writeKeyText }),
    answer: z.strictObject({
      integrations: z.strictObject({
        'Segment.io': z.strictObject({
          apiKey: z.string(),
          apiHost: z.string(),
          protocol: z.enum(['http', 'https']),
        }),
      }),
      /** None: clients would send their own measurements elsewhere. */
      metrics: z.strictObject({ sampleRate: z.literal(0) }),
    }),
    problems: ['write-key-unknown'],
  }),
  clientScript: route({
    ...ADDRESSES.clientScript,
    access: 'public',
    summary: 'Segment’s own browser client, served from here',
    tag: 'Collect',
    params: z.strictObject({ writeKey: writeKeyText }),
    answersBytes: 'text/javascript; charset=utf-8',
  }),
  sourceConfig: route({
    ...ADDRESSES.sourceConfig,
    access: 'write-key',
    summary: 'What RudderStack’s browser client asks for before it sends anything',
    tag: 'Collect',
    query: z.looseObject({ writeKey: writeKeyText.exactOptional() }),
    answer: z.strictObject({
      source: z.strictObject({
        id: z.string(),
        name: z.string(),
        writeKey: z.string(),
        enabled: z.literal(true),
        workspaceId: z.string(),
        destinations: z.array(z.never()),
        connections: z.array(z.never()),
        config: z.strictObject({
          statsCollection: z.strictObject({
            errors: z.strictObject({ enabled: z.literal(false) }),
            metrics: z.strictObject({ enabled: z.literal(false) }),
          }),
        }),
      }),
      updatedAt: z.string(),
    }),
  }),
  refusals: route({
    ...ADDRESSES.refusals,
    access: 'viewer',
    summary: 'Calls that were refused lately, newest first, with the reason',
    tag: 'Collect',
    params: workspaceParams,
    query: z.strictObject({ limit: queryInt.pipe(z.int().min(1).max(1000)).exactOptional() }),
    answer: z.strictObject({
      refusals: z.array(
        z.strictObject({
          receivedMs: instantMs,
          code: z.string(),
          detail: z.string(),
          /** The call as it came, cut at 2,000 characters; null: it may tell of people, and a viewer only looks. */
          body: z.string().nullable(),
        }),
      ),
    }),
  }),
  mergeCustomers: route({
    ...ADDRESSES.mergeCustomers,
    access: 'editor',
    summary: 'Merges two customers into one; can be undone for 30 days',
    tag: 'Customers',
    params: workspaceParams,
    body: z.strictObject({ customer: customerKey, into: customerKey }),
    answer: z.strictObject({ customer: customerKey }),
    problems: ['merge-refused'],
  }),
  unmergeCustomers: route({
    ...ADDRESSES.unmergeCustomers,
    access: 'editor',
    summary: 'Undoes a merge, by API or alias call, of the last 30 days',
    tag: 'Customers',
    params: workspaceParams,
    body: z.strictObject({ customer: customerKey, into: customerKey }),
    answer: unmerged,
    problems: ['merge-refused'],
  }),
}

export type Collected = z.infer<typeof collected>
export type RefusedCall = z.infer<typeof refusedCall>
