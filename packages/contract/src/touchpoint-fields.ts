import { CHANNELS, type MatchRule } from '@parcurs/domain'
import { z } from 'zod'
import { line } from './fields.ts'

const text = z.string().max(1000)

const condition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('event'), names: z.array(text).max(100) }),
  z.strictObject({ kind: z.literal('channel'), channels: z.array(text).max(100) }),
  z.strictObject({
    kind: z.literal('url'),
    op: z.enum(['equals', 'starts-with', 'contains', 'like']),
    value: text,
  }),
  z.strictObject({
    kind: z.literal('property'),
    property: z.string().max(200),
    op: z.enum(['eq', 'ne', 'contains', 'gte', 'lte', 'set', 'unset']),
    value: text,
  }),
])

/** Which events are a touchpoint: all, any or none of conditions on name, channel, path and properties. */
export const matchRule: z.ZodType<MatchRule, MatchRule> = z
  .lazy(() =>
    z.union([
      condition,
      z.strictObject({
        kind: z.enum(['all', 'any', 'none']),
        rules: z.array(matchRule).max(100),
      }),
    ]),
  )
  .meta({ id: 'MatchRule' })

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
