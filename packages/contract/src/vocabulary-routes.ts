import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import { instantMs, workspaceParams } from './fields.ts'
import { route } from './route.ts'

const counted = z.strictObject({ value: z.string(), events: z.int() })

export const vocabularyRoutes = {
  pruneVocabulary: route({
    ...ADDRESSES.pruneVocabulary,
    access: 'editor',
    summary: 'Let names that are none (ids, junk) fall into “other”; their events stay as they are',
    tag: 'Touchpoints',
    params: workspaceParams,
    body: z.strictObject({ names: z.array(z.string().min(1).max(600)).min(1).max(1_000) }),
    /** Kinds that events no longer have of their own. */
    answer: z.strictObject({ pruned: z.int() }),
  }),
  vocabulary: route({
    ...ADDRESSES.vocabulary,
    asks: true,
    access: 'viewer',
    summary:
      'The words that events use, for choosing from: names, channels, paths, properties, traits',
    tag: 'Touchpoints',
    params: workspaceParams,
    answer: z.strictObject({
      /** Most frequent first, at most 5,000. */
      events: z.array(
        z.strictObject({
          name: z.string(),
          events: z.int(),
          /** null: never. */
          firstMs: instantMs.nullable(),
          /** null: never. */
          lastMs: instantMs.nullable(),
        }),
      ),
      /** At most 1,000. */
      channels: z.array(counted),
      /** At most 1,000. */
      paths: z.array(counted),
      /** With the most frequent values of each, at most 20; empty where there are too many to list. */
      properties: z.array(
        z.strictObject({ name: z.string(), events: z.int(), values: z.array(z.string()) }),
      ),
      traits: z.array(
        z.strictObject({ name: z.string(), customers: z.int(), values: z.array(z.string()) }),
      ),
    }),
  }),
}
