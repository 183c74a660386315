import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import { route } from './route.ts'

export const healthRoutes = {
  health: route({
    ...ADDRESSES.health,
    access: 'public',
    summary: 'Whether the server and its stores answer',
    tag: 'Operation',
    answer: z.strictObject({
      state: z.literal('up'),
      version: z.string(),
      /** Readers of the log in all workspaces, and how many of them fail in their work. */
      log: z.strictObject({ readers: z.int(), failing: z.int() }),
    }),
    problems: ['store-away'],
  }),
}
