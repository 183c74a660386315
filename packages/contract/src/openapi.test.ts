import { expect, test } from 'vitest'
import { z } from 'zod'
import { objectOf } from './json.ts'
import { openApi } from './openapi.ts'
import { PROBLEMS } from './problem.ts'
import { isRole, pathParams, route } from './route.ts'
import { ROUTES } from './routes.ts'

const document = openApi(ROUTES, '1.2.3')

/** Every object in a JSON value, itself included. */
function* objects(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield { ...value }
  for (const held of Object.values(value)) yield* objects(held)
}

/** References that lead nowhere inside the document. */
function dangling(whole: object): readonly string[] {
  return [...objects(whole)]
    .flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
    .filter((ref) => {
      let at: unknown = whole
      for (const key of ref.replace(/^#\//, '').split('/')) at = objectOf(at)[key]
      return at === undefined
    })
}

test('[OA1] the document describes every route, once', () => {
  const operations = Object.values(objectOf(document['paths'])).flatMap((methods) =>
    Object.values(objectOf(methods)).map((operation) => objectOf(operation)['operationId']),
  )
  expect(new Set(operations)).toEqual(new Set(ROUTES.map(({ name }) => name)))
  expect(operations).toHaveLength(ROUTES.length)
  expect(new Set(operations).size).toBe(ROUTES.length)
  expect(new Set(ROUTES.map(({ method, path }) => `${method} ${path}`)).size).toBe(ROUTES.length)
})

test('[OA2] the document has the shape of OpenAPI 3.1', () => {
  expect(document['openapi']).toBe('3.1.0')
  expect(document['info']).toMatchObject({ title: 'Parcurs', version: '1.2.3' })
  for (const [path, methods] of Object.entries(objectOf(document['paths']))) {
    expect(path).toMatch(/^\//)
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    for (const [method, operation] of Object.entries(objectOf(methods))) {
      expect(['get', 'post', 'put', 'patch', 'delete']).toContain(method)
      const { parameters, responses, requestBody, tags, summary } = objectOf(operation)
      const inPath = (Array.isArray(parameters) ? parameters : []).filter(
        (parameter) => objectOf(parameter)['in'] === 'path',
      )
      expect(inPath.map((parameter) => objectOf(parameter)['name'])).toEqual(named)
      expect(Object.keys(objectOf(responses)).every((at) => /^([1-5]\d\d|default)$/.test(at))).toBe(
        true,
      )
      for (const response of Object.values(objectOf(responses))) {
        expect('description' in objectOf(response) || '$ref' in objectOf(response)).toBe(true)
      }
      if (method === 'get') expect(requestBody).toBeUndefined()
      expect(tags).toHaveLength(1)
      expect(summary).not.toBe('')
    }
  }
})

test('[OA3] every reference leads somewhere, also from a schema that contains itself', () => {
  expect(dangling(document)).toEqual([])
  const rule: z.ZodType = z.lazy(() =>
    z.union([z.strictObject({ event: z.string() }), z.strictObject({ all: z.array(rule) })]),
  )
  const recursive = openApi(
    [
      route({
        name: 'preview',
        method: 'POST',
        path: '/preview',
        access: 'public',
        summary: 'Preview',
        tag: 'T',
        body: z.strictObject({ rule }),
        answer: rule,
      }),
    ],
    '1',
  )
  expect(JSON.stringify(recursive)).toContain('$ref')
  expect(dangling(recursive)).toEqual([])
})

test('[OA4] a route names only problems of the table and exactly the parameters of its path', () => {
  for (const { name, path, params, problems = [], access } of ROUTES) {
    for (const code of problems) expect(Object.keys(PROBLEMS), name).toContain(code)
    const described = objectOf(
      params === undefined ? {} : z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }),
    )
    expect(Object.keys(objectOf(described['properties'])), name).toEqual(pathParams(path))
    if (isRole(access)) expect(path, name).toMatch(/^\/api\/workspaces\/:workspace(\/|$)/)
    else expect(path, name).not.toContain(':workspace')
  }
})
