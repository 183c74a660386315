import { z } from 'zod'
import { route } from './route.ts'

export const healthRoutes = {
  health: route({
    name: 'health',
    method: 'GET',
    path: '/health',
    access: 'public',
    summary: 'Whether the server and its stores answer',
    tag: 'Operation',
    answer: z.strictObject({ state: z.literal('up'), version: z.string() }),
    problems: ['store-away'],
  }),
}
