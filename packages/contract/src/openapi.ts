import { componentOf } from './json-schema.ts'
import { fieldOf, type Json, type JsonObject, listOf, objectOf } from './json.ts'
import { PROBLEMS } from './problem.ts'
import { isRole, pathParams, type Access, type Route } from './route.ts'

/** The OpenAPI 3.1 document of these routes. */
export function openApi(routes: readonly Route[], version: string): JsonObject {
  const paths: Record<string, Record<string, Json>> = {}
  const schemas: Record<string, Json> = { Problem: problemSchema() }
  for (const route of routes) {
    const path = route.path.replace(/:([a-zA-Z]+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parcurs',
      version,
      description:
        'Collect events, define touchpoints, draw maps and ask what happened on them. ' +
        'Times are epoch milliseconds in UTC, ranges are half-open, customer keys are decimal strings, ' +
        'and a ratio over nobody is null.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-parcurs_session',
          description:
            'Without TLS it has a name of the installation, parcurs_…, and goes to /~…/api alone, where the API is served as well: ports of a host share their cookies.',
        },
        token: { type: 'http', scheme: 'bearer', description: 'An API token (pt_…).' },
        writeKey: {
          type: 'http',
          scheme: 'basic',
          description: 'A write key (pw_…) as the user name; the password is empty.',
        },
      },
      schemas,
      responses: {
        Problem: {
          description: 'The request was refused (RFC 9457).',
          content: {
            'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
          },
        },
      },
    },
  }
}

type Schemas = Record<string, Json>

function operation(route: Route, schemas: Schemas): JsonObject {
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [route.tag],
    security: security(route.access),
    'x-access': route.access,
    ...parameters(route, schemas),
    ...requestBody(route, schemas),
    responses: { [String(status(route))]: answer(route, schemas), ...problems(route) },
  }
}

function status(route: Route): number {
  return (
    route.status ?? (route.answer === undefined && route.answersBytes === undefined ? 204 : 200)
  )
}

function security(access: Access): readonly Json[] {
  if (access === 'public') return []
  if (access === 'write-key') return [{ writeKey: [] }]
  if (access === 'user') return [{ session: [] }]
  if (access === 'machine') return [{ token: [] }]
  return [{ session: [] }, { token: [] }]
}

function parameters(route: Route, schemas: Schemas): JsonObject {
  const fromPath = componentOf(route.params, 'input', `${route.name}Params`, schemas)
  const fromQuery = componentOf(route.query, 'input', `${route.name}Query`, schemas)
  const required = listOf(fromQuery['required'])
  const all = [
    ...pathParams(route.path).map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: fieldOf(fromPath, name) ?? { type: 'string' },
    })),
    ...Object.entries(objectOf(fromQuery['properties'])).map(([name, schema]) => ({
      name,
      in: 'query',
      required: required.includes(name),
      schema,
    })),
  ]
  return all.length === 0 ? {} : { parameters: all }
}

function requestBody(route: Route, schemas: Schemas): JsonObject {
  if (route.bytes === true) {
    return {
      requestBody: { required: true, content: { 'application/octet-stream': { schema: {} } } },
    }
  }
  return route.body === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: componentOf(route.body, 'input', `${route.name}Body`, schemas),
            },
          },
        },
      }
}

function answer(route: Route, schemas: Schemas): JsonObject {
  if (route.answersBytes !== undefined) {
    return { description: 'The bytes.', content: { [route.answersBytes]: { schema: {} } } }
  }
  return route.answer === undefined
    ? { description: 'Done.' }
    : {
        description: 'The answer.',
        content: {
          'application/json': {
            schema: componentOf(route.answer, 'input', `${route.name}Answer`, schemas),
          },
        },
      }
}

/** Codes of every problem the route may answer, its access and its parts included. */
export function problemCodes(route: Route): readonly string[] {
  const { access, params, query, body, bytes, problems: own = [] } = route
  const codes = new Set<string>(own)
  if (access === 'write-key') codes.add('write-key-unknown')
  else if (access !== 'public') codes.add('not-signed-in')
  if (access === 'user') codes.add('person-needed')
  if (access === 'machine') codes.add('machine-needed')
  if (isRole(access)) codes.add('workspace-not-yours').add('role-too-low')
  if (params ?? query ?? body) codes.add('value-invalid')
  if (body && bytes !== true) {
    codes.add('body-not-json').add('body-too-large').add('content-type-unsupported')
  }
  return [...codes]
}

function problems(route: Route): JsonObject {
  const byStatus = new Map<string, string[]>()
  for (const code of problemCodes(route)) {
    const known = Object.entries(PROBLEMS).find(([name]) => name === code)
    if (known === undefined) throw new Error(`${route.name} names the unknown problem '${code}'`)
    const at = String(known[1].status)
    byStatus.set(at, [...(byStatus.get(at) ?? []), code])
  }
  return {
    ...Object.fromEntries(
      [...byStatus]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([at, codes]) => [
          at,
          {
            description: codes.join(', '),
            content: {
              'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
            },
          },
        ]),
    ),
    default: { $ref: '#/components/responses/Problem' },
  }
}

function problemSchema(): JsonObject {
  const text = { type: 'string' }
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      detail: { ...text, description: 'What to change, in words the asker used.' },
      code: { enum: Object.keys(PROBLEMS), description: 'Never renamed.' },
      instance: { ...text, description: 'The id of the request, as in the server’s log.' },
      faults: {
        type: 'array',
        items: {
          type: 'object',
          required: ['place', 'value', 'expected'],
          properties: {
            place: text,
            value: { type: ['string', 'null'] },
            expected: text,
            code: { ...text, description: 'What is wrong, for other languages.' },
            data: {
              type: 'object',
              additionalProperties: { anyOf: [{ type: 'string' }, { type: 'number' }] },
              description: 'What the words of the code are filled in with.',
            },
          },
        },
      },
    },
  }
}
