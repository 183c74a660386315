import { z } from 'zod'
import { segment } from './condition-fields.ts'

/** As deep as a body may nest: below the depth at which recursive code could overflow. */
const MAX_DEPTH = 60

/** A segment as JSON text: what an address can carry of a question. */
export const segmentText = z
  .string()
  .max(4000)
  .transform((text, context): unknown => {
    if (depthOf(text) > MAX_DEPTH) {
      context.addIssue({ code: 'custom', message: `at most ${MAX_DEPTH} levels of nesting` })
      return z.NEVER
    }
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'a segment as JSON' })
      return z.NEVER
    }
  })
  .pipe(segment)

/** Brackets inside of texts are counted too: a little strict, never too lax. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const sign of text) {
    if (sign === '{' || sign === '[') deepest = Math.max(deepest, ++depth)
    if (sign === '}' || sign === ']') depth--
  }
  return deepest
}
