import { z } from 'zod'
import { FORMS } from './form.ts'

/** Fields that several routes share. */

/** A workspace's name in addresses: lower-case letters, digits and dashes. */
export const slug = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, FORMS.slug)

export const workspaceParams = z.strictObject({ workspace: slug })

export const role = z.enum(['owner', 'editor', 'viewer'])

// Postgres cannot store the character U+0000, and nobody means it.
const plain = /^[^\p{Cc}]*$/u

/** One line of text for people: trimmed, not empty, without control characters. */
export const line = z.string().trim().min(1).max(200).regex(plain, FORMS.plain)

export const email = z.email(FORMS.email).max(254).toLowerCase()

/** Epoch milliseconds, UTC. */
export const instantMs = z.int()

/** A number in a path, as text. Not coerced: "1e3", "0x10" and "" are not ids. */
export const pathId = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, FORMS.whole)
  .transform(Number)

/** A whole number in a query string, as text. */
export const queryInt = z
  .string()
  .regex(/^-?\d{1,15}$/, FORMS.whole)
  .transform(Number)
