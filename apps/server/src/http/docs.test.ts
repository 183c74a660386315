import { PROBLEMS, ROUTES } from '@parcurs/contract'
import { describe, expect, test } from 'vitest'
import { apiPage } from './api-page.ts'
import { schemaOutline } from './schema-outline.ts'

const page = apiPage(ROUTES, '1.2.3')

test('[OA5] the page shows every route and every problem, and needs no script and no other host', () => {
  for (const { name, path } of ROUTES) {
    expect(page).toContain(`<article id="${name}">`)
    expect(page).toContain(`<code>${path}</code>`)
  }
  for (const code of Object.keys(PROBLEMS)) expect(page).toContain(`<tr id="problem-${code}">`)
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
