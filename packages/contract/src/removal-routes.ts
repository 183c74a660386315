import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import { customerKey } from './customer-fields.ts'
import { pathId, queryInt, slug } from './fields.ts'
import { route } from './route.ts'

/** What goes, or went, with a removal. */
const removalCount = z.strictObject({
  events: z.int(),
  /** Who did them. */
  customers: z.int(),
  answers: z.int(),
  /** Values of traits. */
  traits: z.int(),
  /** Different orders that these events say were paid. */
  orders: z.int(),
})

const importParams = z.strictObject({ workspace: slug, importId: z.string().min(1).max(40) })
const keyParams = z.strictObject({
  workspace: slug,
  writeKeyId: pathId,
})
const customerParams = z.strictObject({ workspace: slug, customer: customerKey })
/** Only what the key brought from this instant on, by the server's clock; absent: everything. */
const since = z.strictObject({ sinceMs: queryInt.exactOptional() })

export const removalRoutes = {
  importEvents: route({
    ...ADDRESSES.importEvents,
    asks: true,
    access: 'viewer',
    summary: 'How much an import brought that is still there',
    tag: 'Removals',
    params: importParams,
    answer: removalCount,
    problems: ['not-found'],
  }),
  removeImportEvents: route({
    ...ADDRESSES.removeImportEvents,
    access: 'editor',
    summary: 'Take away everything an import brought; the file can be imported again',
    tag: 'Removals',
    params: importParams,
    answer: removalCount,
    problems: ['not-found', 'import-over'],
  }),
  keyEvents: route({
    ...ADDRESSES.keyEvents,
    asks: true,
    access: 'editor',
    summary: 'How much a write key brought, since an instant or ever',
    tag: 'Removals',
    params: keyParams,
    query: since,
    answer: removalCount,
    problems: ['not-found'],
  }),
  removeKeyEvents: route({
    ...ADDRESSES.removeKeyEvents,
    access: 'owner',
    summary: 'Take away what a write key brought, since an instant or ever',
    tag: 'Removals',
    params: keyParams,
    query: since,
    answer: removalCount,
    problems: ['not-found', 'import-over'],
  }),
  eraseCustomer: route({
    ...ADDRESSES.eraseCustomer,
    access: 'owner',
    summary:
      'Erase a customer: everything they did, said and are known by, in this installation and its back-ups',
    tag: 'Removals',
    params: customerParams,
    answer: z.strictObject({
      ...removalCount.shape,
      /** Back-ups that could not be told: the list of erasures must be brought to them by hand. */
      untoldBackups: z.array(z.string()),
    }),
    problems: ['not-found', 'import-over'],
  }),
}
