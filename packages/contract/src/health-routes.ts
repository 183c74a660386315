import { z } from 'zod'
import { route } from './route.ts'

const store = z.enum(['up', 'away'])

export const healthRoutes = {
  health: route({
    name: 'health',
    method: 'GET',
    path: '/health',
    access: 'public',
    summary: 'Whether the server and its stores answer',
    tag: 'Operation',
    answer: z.strictObject({
      state: z.enum(['up', 'impaired']),
      postgres: store,
      clickhouse: store,
      version: z.string(),
    }),
    problems: ['store-away'],
  }),
}
