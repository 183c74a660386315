import { expect, test } from 'vitest'
import { installationMark, sessionCookie } from './session-cookie.ts'

const plain = sessionCookie('a1b2')
const other = sessionCookie('c3d4')
const behindTls = sessionCookie(null)
const KEPT = 'Max-Age=2592000; HttpOnly; SameSite=Strict'

test('[SI3] the cookie is out of reach of scripts and other sites, and of plain HTTP behind TLS', () => {
  expect(plain.begun('t')).toBe(`parcurs_a1b2=t; Path=/~a1b2/; ${KEPT}`)
  expect(behindTls.begun('t')).toBe(`__Host-parcurs_session=t; Path=/; ${KEPT}; Secure`)
  expect(behindTls.place).toBe('')
  expect(plain.ended(undefined, 't')).toEqual([
    'parcurs_a1b2=; Path=/~a1b2/; Max-Age=0; HttpOnly; SameSite=Strict',
  ])
})

test('[SI12] of two installations on one host neither gets the other’s cookie, nor reads or sets it', () => {
  expect(other.place).not.toBe(plain.place)
  expect(other.tokens('parcurs_a1b2=t')).toEqual([])
  expect(other.begun('u').split('=')[0]).not.toBe(plain.begun('t').split('=')[0])
  expect(installationMark(Buffer.from('a'))).not.toBe(installationMark(Buffer.from('b')))
  expect(installationMark(Buffer.from('a'))).toMatch(/^[0-9a-f]{12}$/)
})

test('[SI12] a cookie of former versions goes on under today’s name; another program’s of that name is left', () => {
  const header = 'parcurs_session=t'
  expect(plain.tokens(header)).toEqual(['t'])
  const formerGone = 'parcurs_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict'
  expect(plain.renewed(header, 't')).toEqual([plain.begun('t'), formerGone])
  expect(plain.ended(header, 't')).toContain(formerGone)
  expect(plain.renewed(`${header}; parcurs_a1b2=mine`, 'mine')).toEqual([plain.begun('mine')])
  expect(behindTls.tokens(header)).toEqual([])
  expect(behindTls.renewed(header, 't')).toEqual([behindTls.begun('t')])
})

test.each([
  [undefined, []],
  ['', []],
  ['a=b; parcurs_a1b2=t; c=d', ['t']],
  ['parcurs_session=old; parcurs_a1b2=planted; parcurs_a1b2=t', ['planted', 't', 'old']],
  [`${'parcurs_a1b2=x; '.repeat(50)}`, ['x', 'x', 'x', 'x']],
  ['parcurs_a1b2=', []],
  ['xparcurs_a1b2=t', []],
  ['parcurs_a1b2', []],
  ['=;;;=', []],
])('[SI3] the cookie header %j holds the tokens %j', (header, tokens) => {
  expect(plain.tokens(header)).toEqual(tokens)
})
