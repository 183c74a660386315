import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import { instantMs, workspaceParams } from './fields.ts'
import { route } from './route.ts'

const counted = z.strictObject({ value: z.string(), events: z.int() })

export const vocabularyRoutes = {
  vocabulary: route({
    ...ADDRESSES.vocabulary,
    access: 'viewer',
    summary:
      'The words that events use, for choosing from: names, channels, paths, properties, traits',
    tag: 'Touchpoints',
    params: workspaceParams,
    answer: z.strictObject({
      /** Most frequent first. */
      events: z.array(
        z.strictObject({ name: z.string(), events: z.int(), lastMs: instantMs.nullable() }),
      ),
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
