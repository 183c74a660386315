import type { Reading } from '../journey/reading.ts'
import { customerEvents, customerTraits } from '../journey/tables.ts'
import { type Compiled, compile, param, sql } from '../sql.ts'

/** Rows `kind, name` of those traits that some customer has, and those properties that some event carries. */
export function knownWordsQuery(
  reading: Reading,
  traits: readonly string[],
  properties: readonly string[],
): Compiled {
  // Whose they are does not matter here, so no owners are looked up.
  const anybody = { ...reading, owned: false }
  const wanted = param.texts(properties)
  const ofTraits = sql`
    SELECT 'trait' AS kind, toString(trait) AS name
    FROM (${customerTraits(anybody, sql`trait IN (${param.texts(traits)})`)}) GROUP BY trait`
  if (properties.length === 0) return compile(ofTraits)
  const events = customerEvents(
    anybody,
    sql`mapKeys(properties) AS held`,
    sql`hasAny(mapKeys(properties), ${wanted})`,
  )
  return compile(sql`
    ${ofTraits}
    UNION ALL
    SELECT 'property' AS kind, name FROM (
      SELECT DISTINCT toString(arrayJoin(held)) AS name FROM (${events})
    ) WHERE has(${wanted}, name)`)
}
