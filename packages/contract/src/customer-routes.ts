import type { VariantsQuestion } from '@parcurs/analytics'
import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import { variantId } from './answer-fields.ts'
import { customerKey, listedCustomer } from './customer-fields.ts'
import { instantMs, queryInt, slug, workspaceParams } from './fields.ts'
import { variantsQuestion } from './question-fields.ts'
import { route } from './route.ts'
import { segmentText } from './segment-text.ts'
import { entityId } from './touchpoint-fields.ts'

const journeyEvent = z.strictObject({
  timeMs: instantMs,
  type: z.enum(['track', 'page', 'screen']),
  name: z.string(),
  channel: z.string(),
  path: z.string(),
  /** Units of `currency`; refunds are negative; null: none. */
  value: z.number().nullable(),
  currency: z.string(),
  properties: z.record(z.string(), z.string()),
  /** The first touchpoint of the library that it matches, by the map's order where a map is named. */
  touchpointId: z.string().nullable(),
  /** The map's step it belongs to. */
  stepId: z.string().nullable(),
  /** The id it came in under. */
  identity: z.string(),
})

const customerAnswer = z.strictObject({
  customer: customerKey,
  label: z.string(),
  timeMs: instantMs,
  scale: z.enum(['csat', 'nps', 'ces', 'sentiment']),
  /** On its own scale: csat 1–5, nps 0–10, ces 1–7, sentiment −1…+1. */
  score: z.number(),
  /** The same on −2…+2. */
  emotion: z.number(),
  /** The event it came with. */
  event: z.string(),
  channel: z.string(),
  /** The touchpoint of the step that it names; null: it counts by its own event. */
  touchpointId: z.string().nullable(),
  /** In the customer's words; null: a score alone. */
  comment: z.string().nullable(),
})

const askedVariants: z.ZodType<VariantsQuestion, VariantsQuestion> = variantsQuestion

export const customerRoutes = {
  customers: route({
    ...ADDRESSES.customers,
    asks: true,
    access: 'viewer',
    summary: 'Customers: latest first, by search, or behind a number of the map',
    tag: 'Customers',
    params: workspaceParams,
    query: z.strictObject({
      /** A part of an id, a name, an email or another trait, also of the customer's group. */
      search: z.string().max(200).exactOptional(),
      mapId: entityId.exactOptional(),
      stepId: entityId.exactOptional(),
      state: z.enum(['left', 'in-progress', 'moved-on', 'visited']).exactOptional(),
      fromMs: queryInt.exactOptional(),
      toMs: queryInt.exactOptional(),
      windowDays: queryInt.pipe(z.int().min(1).max(366)).exactOptional(),
      /** As the map's question has it, as JSON: `{"kind":"trait","trait":"plan","op":"eq","value":"gold"}`. */
      segment: segmentText.exactOptional(),
      limit: queryInt.pipe(z.int().min(1).max(1000)).exactOptional(),
    }),
    answer: z.strictObject({
      /** How many there are; the list may show fewer. */
      total: z.int(),
      customers: z.array(listedCustomer),
    }),
    problems: ['not-found'],
  }),
  stepFeedback: route({
    ...ADDRESSES.stepFeedback,
    asks: true,
    access: 'viewer',
    summary: 'What customers answered about a step: the latest answers behind its measured emotion',
    tag: 'Customers',
    params: z.strictObject({ workspace: slug, mapId: entityId, stepId: entityId }),
    query: z.strictObject({
      fromMs: queryInt.exactOptional(),
      toMs: queryInt.exactOptional(),
      segment: segmentText.exactOptional(),
      limit: queryInt.pipe(z.int().min(1).max(200)).exactOptional(),
    }),
    answer: z.strictObject({
      /** How many there are; the list may show fewer. */
      total: z.int(),
      /** Latest first. */
      answers: z.array(customerAnswer),
    }),
    problems: ['not-found'],
  }),
  variantCustomers: route({
    ...ADDRESSES.variantCustomers,
    asks: true,
    access: 'viewer',
    summary: 'Customers behind a variant of an answer, the latest first',
    tag: 'Customers',
    params: workspaceParams,
    body: z.strictObject({
      /** As it was asked when the variant was listed. */
      question: askedVariants,
      /** Its `id`. */
      variant: variantId,
      limit: z.int().min(1).max(1000).exactOptional(),
    }),
    limitBytes: 65_536,
    answer: z.strictObject({
      /** How many there are; the list may show fewer. */
      total: z.int(),
      customers: z.array(listedCustomer),
    }),
    problems: ['question-too-slow', 'question-cancelled', 'not-found'],
  }),
  customerJourney: route({
    ...ADDRESSES.customerJourney,
    asks: true,
    access: 'viewer',
    summary: 'Everything one customer did, in order, with touchpoint and step',
    tag: 'Customers',
    params: z.strictObject({ workspace: slug, customer: customerKey }),
    query: z.strictObject({
      mapId: entityId.exactOptional(),
      /** Events before this are left out, to page back in time. */
      beforeMs: queryInt.exactOptional(),
    }),
    answer: z.strictObject({
      /** Who the key belongs to today: after a merge another one than was asked for. */
      customer: customerKey,
      label: z.string(),
      /** Every id behind the customer. */
      identities: z.array(
        z.strictObject({
          kind: z.enum(['user', 'anonymous']),
          value: z.string(),
          key: customerKey,
          events: z.int(),
        }),
      ),
      traits: z.record(z.string(), z.string()),
      /** In the order they happened. */
      events: z.array(journeyEvent),
      /** How many events there are in all; only the last 5,000 are listed at once. */
      total: z.int(),
    }),
    problems: ['not-found'],
  }),
}
