// "null" and its like are how programs write that they do not know: taken as an id, all such rows
// would become one very busy customer.
const NOBODY = new Set([
  '',
  '0',
  '-1',
  'null',
  'none',
  'nil',
  'nan',
  'na',
  'n/a',
  'undefined',
  'anonymous',
  'unknown',
  'guest',
  'false',
  'true',
  '[object object]',
  '\\n',
])

/** Whether an id names nobody, so that it may not become a customer. */
export function isNobody(id: string): boolean {
  return id.length <= 15 && NOBODY.has(id.trim().toLowerCase())
}
