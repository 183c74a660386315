import { openApi, PROBLEMS, ROUTES } from '@parcurs/contract'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { apiPage } from '../http/api-page.ts'
import { schemaOutline } from '../http/schema-outline.ts'

const page = apiPage(ROUTES, '1.2.3')('https://journeys.example')

test('[OA5] the page shows every route and every problem, and needs no script and no other host', () => {
  for (const { name, path } of ROUTES) {
    expect(page).toContain(`<article id="${name}">`)
    expect(page).toContain(`<code>${path}</code>`)
  }
  for (const code of Object.keys(PROBLEMS)) expect(page).toContain(`<tr id="problem-${code}">`)
  expect(page).toContain('https://journeys.example/v1/track</code></pre>')
  expect(page).not.toMatch(/<script|<style| style=| on\w+="/)
  expect(page.match(/(?:src|href)="([^"]*)"/g)?.filter((link) => !/="[#/][^/]/.test(link))).toEqual(
    [],
  )
})

test('[OA5] every link on the page leads to something on it', () => {
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
  expect(links.filter((id) => !ids.has(id))).toEqual([])
})

describe('[OA2] the document is OpenAPI 3.1 by the judgement of others', () => {
  const text = JSON.stringify(openApi(ROUTES, '1.2.3'))

  const judge = async (json: string) => {
    const validator = new Validator()
    const { valid } = await validator.validate(JSON.parse(json))
    return { valid, version: validator.version }
  }

  test('the schema of OpenAPI allows it, and finds what is wrong in a spoilt one', async () => {
    expect(await judge(text)).toEqual({ valid: true, version: '3.1' })
    for (const [good, bad] of [
      ['"in":"path"', '"in":"pathway"'],
      ['"required":true', '"required":"yes"'],
      ['"security":[]', '"security":[7]'],
    ] as const) {
      expect(text).toContain(good)
      expect((await judge(text.replace(good, bad))).valid, bad).toBe(false)
    }
  })

  test('every schema in it is JSON Schema 2020-12 that a strict compiler takes', () => {
    const document: Document = JSON.parse(text.replaceAll('#/components/schemas/', 'api#/$defs/'))
    const $defs = document.components.schemas
    const ajv = new Ajv2020({ strict: true, strictRequired: false, validateFormats: false })
    ajv.addSchema({ $id: 'api', $defs })
    for (const name of Object.keys($defs)) {
      expect(() => ajv.compile({ $ref: `api#/$defs/${name}` }), name).not.toThrow()
    }
    const schemas = new Set(schemasIn(document.paths).map((schema) => JSON.stringify(schema)))
    expect(schemas.size).toBeGreaterThan(50)
    for (const schema of schemas) {
      expect(() => ajv.compile(JSON.parse(schema)), schema.slice(0, 300)).not.toThrow()
    }
  })
})

interface Document {
  readonly paths: unknown
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

/** What stands under `schema`, at any depth. */
function schemasIn(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, held]: [string, unknown]) =>
    key === 'schema' && typeof held === 'object' && held !== null ? [held] : schemasIn(held),
  )
}

describe('[OA6] a schema is outlined', () => {
  test.each([
    [{ type: 'string' }, 'string'],
    [{ type: 'integer', minimum: 1, maximum: 9 }, 'integer 1…9'],
    [{ type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 }, 'integer'],
    [{ enum: ['a', 'b'] }, '"a" | "b"'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
    [{ type: 'array', items: { enum: ['a', 'b'] } }, '("a" | "b")[]'],
    [{ $ref: '#/components/schemas/Rule' }, 'Rule'],
    [{}, 'any'],
    [
      { type: 'object', properties: { a: { type: 'number' }, b: {} }, required: ['a'] },
      '{\n  a: number\n  b?: any\n}',
    ],
  ])('%j as %s', (schema, outline) => {
    expect(schemaOutline(schema)).toBe(outline)
  })
})
