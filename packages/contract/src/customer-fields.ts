import { z } from 'zod'
import { FORMS } from './form.ts'
import { instantMs } from './fields.ts'

/** A customer's key: a 64-bit number as decimal text. */
export const customerKey = z.string().regex(/^\d{1,20}$/, FORMS.customer)

export const listedCustomer = z.strictObject({
  customer: customerKey,
  /** Name or email where known, else the user id, else the anonymous id. */
  label: z.string(),
  userId: z.string(),
  events: z.int(),
  firstMs: instantMs,
  lastMs: instantMs,
  /** Behind a step: the visit that put them there; behind a variant: the end of their latest such journey; else null. */
  atMs: instantMs.nullable(),
})
