import { CHANNELS } from '@parcurs/domain'
import { z } from 'zod'
import { matchRule } from './condition-fields.ts'
import { line } from './fields.ts'

/** Known ones are offered; a workspace may use its own. */
export const channel = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .describe(`for instance ${CHANNELS.slice(0, 4).join(', ')}`)

export const presence = z.enum(['digital', 'physical', 'hybrid'])

/** What a person says of a touchpoint. */
export const touchpointBody = z.strictObject({
  name: line,
  channel,
  ownerTeam: z.string().trim().max(200),
  presence,
  rule: matchRule,
})

export const entityId = z.string().min(1).max(60)
