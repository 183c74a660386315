import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import { matchRule } from './condition-fields.ts'
import { instantMs, slug, workspaceParams } from './fields.ts'
import { route } from './route.ts'
import { entityId, touchpointBody } from './touchpoint-fields.ts'

export const touchpoint = touchpointBody.extend({
  id: entityId,
  /** Rises with each change of the definition. */
  version: z.int(),
})

/** What the rule matches, beside the touchpoint itself. */
export const countedTouchpoint = touchpoint.extend({
  events30d: z.int(),
  customers30d: z.int(),
  /** When it last matched an event, over all time; null: never. */
  lastEventMs: instantMs.nullable(),
})

const touchpointParams = z.strictObject({ workspace: slug, touchpointId: entityId })

const example = z.strictObject({
  timeMs: instantMs,
  /** Decimal key. */
  customer: z.string(),
  name: z.string(),
  channel: z.string(),
  path: z.string(),
  properties: z.record(z.string(), z.string()),
})

export const touchpointRoutes = {
  touchpoints: route({
    ...ADDRESSES.touchpoints,
    asks: true,
    access: 'viewer',
    summary: 'The touchpoint library, with what each matched in the last 30 days',
    tag: 'Touchpoints',
    params: workspaceParams,
    answer: z.array(countedTouchpoint),
  }),
  touchpointLibrary: route({
    ...ADDRESSES.touchpointLibrary,
    access: 'viewer',
    summary: 'The touchpoint library as it is defined, without counting anything',
    tag: 'Touchpoints',
    params: workspaceParams,
    answer: z.array(touchpoint),
  }),
  touchpoint: route({
    ...ADDRESSES.touchpoint,
    access: 'viewer',
    summary: 'One touchpoint',
    tag: 'Touchpoints',
    params: touchpointParams,
    answer: countedTouchpoint,
    problems: ['not-found'],
  }),
  createTouchpoint: route({
    ...ADDRESSES.createTouchpoint,
    access: 'editor',
    summary: 'Define a touchpoint',
    tag: 'Touchpoints',
    params: workspaceParams,
    body: touchpointBody,
    answer: touchpoint,
    status: 201,
    problems: ['already-there'],
  }),
  changeTouchpoint: route({
    ...ADDRESSES.changeTouchpoint,
    access: 'editor',
    summary: 'Change a touchpoint; maps that use it count anew at once',
    tag: 'Touchpoints',
    params: touchpointParams,
    body: touchpointBody.extend({
      /** The version that was edited: refused when somebody else changed it meanwhile. */
      version: z.int(),
    }),
    answer: touchpoint,
    problems: ['not-found', 'already-there', 'changed-meanwhile'],
  }),
  deleteTouchpoint: route({
    ...ADDRESSES.deleteTouchpoint,
    access: 'editor',
    summary: 'Delete a touchpoint that no map uses',
    tag: 'Touchpoints',
    params: touchpointParams,
    problems: ['not-found', 'in-use'],
  }),
  previewRule: route({
    ...ADDRESSES.previewRule,
    asks: true,
    access: 'viewer',
    summary: 'What a rule would match: counts over all time and the five latest events',
    tag: 'Touchpoints',
    params: workspaceParams,
    body: z.strictObject({ rule: matchRule }),
    answer: z.strictObject({
      events: z.int(),
      customers: z.int(),
      /** Latest first, at most five. */
      examples: z.array(example),
      /** What the matched events are, most frequent first, at most 20. */
      kinds: z.array(
        z.strictObject({
          name: z.string(),
          channel: z.string(),
          path: z.string(),
          events: z.int(),
        }),
      ),
      /** False: names, channels and paths decide. True: the rule reads properties of each event. */
      readsEvents: z.boolean(),
    }),
  }),
}
