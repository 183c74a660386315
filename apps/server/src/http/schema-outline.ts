import { type Json, type JsonObject, listOf, objectOf } from '@parcurs/contract'

const STEP = '  '

/** JSON Schema in a notation that developers read at a glance, close to TypeScript's. */
export function schemaOutline(schema: Json | undefined, indent = ''): string {
  const held = objectOf(schema)
  const { $ref, enum: values, const: only, type, properties, items, pattern } = held
  if (typeof $ref === 'string') return $ref.replace('#/components/schemas/', '')
  if (only !== undefined) return JSON.stringify(only)
  if (Array.isArray(values))
    return listOf(values)
      .map((value) => JSON.stringify(value))
      .join(' | ')
  const branches = listOf(held['anyOf'] ?? held['oneOf'])
  if (branches.length > 0) return branches.map((one) => schemaOutline(one, indent)).join(' | ')
  const parts = listOf(held['allOf'])
  if (parts.length > 0) return parts.map((one) => schemaOutline(one, indent)).join(' & ')
  if (Array.isArray(type)) return type.join(' | ')
  if (type === 'array') return arrayOutline(held, items, indent)
  if (type === 'object' || properties !== undefined) return objectOutline(held, indent)
  if (type === 'integer') return `integer${bounds(held, 'minimum', 'maximum')}`
  if (type === 'number') return `number${bounds(held, 'minimum', 'maximum')}`
  if (type === 'string') {
    const format = typeof held['format'] === 'string' ? ` (${held['format']})` : ''
    const like = format === '' && typeof pattern === 'string' ? ` /${pattern}/` : ''
    return `string${format}${like}${bounds(held, 'minLength', 'maxLength')}`
  }
  return typeof type === 'string' ? type : 'any'
}

function arrayOutline(held: JsonObject, items: Json | undefined, indent: string): string {
  const fixed = listOf(held['prefixItems'])
  if (fixed.length > 0) return `[${fixed.map((one) => schemaOutline(one, indent)).join(', ')}]`
  const one = schemaOutline(items, indent)
  const list = / \| /.test(one) && !one.startsWith('{') ? `(${one})[]` : `${one}[]`
  return `${list}${bounds(held, 'minItems', 'maxItems')}`
}

function objectOutline(held: JsonObject, indent: string): string {
  const properties = Object.entries(objectOf(held['properties']))
  const required = listOf(held['required'])
  const more = objectOf(held['additionalProperties'])
  const lines = properties.map(
    ([name, schema]) =>
      `${indent}${STEP}${name}${required.includes(name) ? '' : '?'}: ${schemaOutline(schema, indent + STEP)}`,
  )
  if (Object.keys(more).length > 0) {
    lines.push(`${indent}${STEP}[name]: ${schemaOutline(more, indent + STEP)}`)
  }
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`
}

// Zod says the whole range of safe integers for every integer: that is no bound worth reading.
function bounds(held: JsonObject, least: string, most: string): string {
  const shown = (value: Json | undefined) =>
    typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? String(value) : ''
  const [low, high] = [shown(held[least]), shown(held[most])]
  return low === '' && high === '' ? '' : ` ${low}…${high}`
}
