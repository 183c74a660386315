import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DESIGNED_MAP, TOUCHPOINTS } from '@parcurs/demo-shop'
import { CONCEPTS } from '@parcurs/domain'

// The web app does not know the demo shop: its table is read as text here, where both are in reach.
const table = readFileSync(join(import.meta.dirname, '../apps/web/src/names/own-names.ts'), 'utf8')

test('[UI43] every name that the program gives can be said in five languages, and no other', () => {
  const known = [...table.matchAll(/^ {2}(?:'([^']+)'|(\w+)): '/gm)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  )
  const given = [
    DESIGNED_MAP.name,
    ...DESIGNED_MAP.stages.flatMap(({ name, steps }) => [name, ...steps.map((step) => step.name)]),
    ...TOUCHPOINTS.map(({ name }) => name),
    ...CONCEPTS.map(({ name }) => name),
    'Beginning',
    'Middle',
    'End',
    'Journey',
  ]
  expect([...new Set(given)].toSorted()).toEqual(known.toSorted())
})
