import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import { route } from './route.ts'

export const backupRoutes = {
  backUp: route({
    ...ADDRESSES.backUp,
    access: 'machine',
    summary: 'Write both stores into a new folder on the machine of the server',
    tag: 'Operation',
    body: z.strictObject({
      /** An absolute path on the machine of the server. */
      folder: z.string().min(1).max(4000).startsWith('/'),
    }),
    answer: z.strictObject({ folder: z.string() }),
    problems: ['already-there', 'disk-full', 'store-away'],
  }),
}
