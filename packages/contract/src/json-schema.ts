import { z } from 'zod'
import { type Json, type JsonObject, objectOf } from './json.ts'

/**
 * A Zod schema as JSON Schema 2020-12, which is what OpenAPI 3.1 speaks, with everything it refers to moved
 * to `schemas` (the document's components): inside an OpenAPI document `#/$defs/…` would point elsewhere.
 *
 * @param name what a part without a name of its own (a schema that contains itself) is called
 */
export function componentOf(
  schema: z.ZodType | undefined,
  io: 'input' | 'output',
  name: string,
  schemas: Record<string, Json>,
): JsonObject {
  if (schema === undefined) return {}
  const {
    $schema: _,
    $defs,
    ...root
  } = objectOf(JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }))))
  const nameOf = (pointer: string): string => {
    if (pointer === '#') return name
    const key = pointer.replace('#/$defs/', '')
    return key.startsWith('__schema') ? `${name}${key.slice(8)}` : key
  }
  const placed = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(placed)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, held]: [string, Json]) => [
        key,
        key === '$ref' && typeof held === 'string'
          ? `#/components/schemas/${nameOf(held)}`
          : placed(held),
      ]),
    )
  }
  for (const [key, held] of Object.entries(objectOf($defs))) {
    schemas[nameOf(`#/$defs/${key}`)] = placed(held)
  }
  const whole = objectOf(placed(root))
  if (JSON.stringify(whole).includes(`"#/components/schemas/${name}"`)) schemas[name] = whole
  return whole
}
