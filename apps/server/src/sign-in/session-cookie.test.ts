import { expect, test } from 'vitest'
import { sessionCookie, sessionToken } from './session-cookie.ts'

test('[SI3] the cookie is out of reach of scripts and other sites, and of plain HTTP behind TLS', () => {
  expect(sessionCookie('t', false)).toBe(
    'parcurs_session=t; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict',
  )
  expect(sessionCookie('t', true)).toBe(
    '__Host-parcurs_session=t; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure',
  )
  expect(sessionCookie(null, false)).toContain('Max-Age=0')
})

test.each([
  [undefined, null],
  ['', null],
  ['a=b; parcurs_session=t; c=d', 't'],
  ['parcurs_session=', null],
  ['xparcurs_session=t', null],
  ['parcurs_session', null],
  ['=;;;=', null],
])('[SI3] the cookie header %j holds the token %j', (header, token) => {
  expect(sessionToken(header, false)).toBe(token)
})
