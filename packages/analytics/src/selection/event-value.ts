import { param, sql, type Sql } from '../sql.ts'

/** A value of an event as text: of one property or of several together; "" when it has none. */
export function valueText(properties: readonly string[]): Sql {
  const [only, ...more] = properties
  if (only === undefined) return sql`''`
  if (more.length === 0) return propertyText(only)
  const parts = properties.map(propertyText)
  const list: Sql = { strings: ['[', ...parts.slice(1).map(() => ', '), ']'], holes: parts }
  return sql`if(arrayAll(v -> v = '', ${list}), '', arrayStringConcat(${list}, char(31)))`
}

/** The parts of a text made by `valueText` of so many properties, more than one. */
export function valueParts(text: string, parts: number): readonly string[] {
  return text === '' ? new Array<string>(parts).fill('') : text.split('\u001f')
}

/** Properties that are no property: who sent the event. */
const SENDER = '$actor_id'

function propertyText(property: string): Sql {
  if (property === SENDER) return sql`if(user_id = '', anonymous_id, user_id)`
  return sql`properties[${param.text(property)}]`
}

/** The code of a text: its place in the list from 1, 0 for "", one past the list for all others. */
export function codeOfText(text: Sql, values: readonly string[]): Sql {
  if (values.length === 0) return sql`0`
  const codes = param.codes(values.map((_, i) => i + 1))
  const others = param.code(values.length + 1)
  return sql`if(${text} = '', 0, transform(${text}, ${param.texts(values)}, ${codes}, ${others}))`
}

/** A number that is equal for equal values (53 bits of a hash, exact as Float64); 0 for "". */
export function hashOfText(text: Sql): Sql {
  return sql`if(${text} = '', 0, bitShiftRight(cityHash64(${text}), 11))`
}

/** The item code that each value stands for; 0 for values left out and for "". */
export function itemCodeOfText(
  text: Sql,
  values: readonly string[],
  codes: readonly number[],
): Sql {
  if (values.length === 0) return sql`0`
  return sql`transform(${text}, ${param.texts(values)}, ${param.codes(codes)}, 0)`
}
