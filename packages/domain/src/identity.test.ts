import { expect, test } from 'vitest'
import { isIdentity } from './identity.ts'

test.each([
  '',
  ' ',
  'null',
  'NULL',
  'anonymous',
  '0',
  'undefined',
  '[object Object]',
  'NaN',
  'nan',
  'nil',
  ' None ',
])('[ID7] %j is nobody', (value) => {
  expect(isIdentity(value)).toBe(false)
})

test.each(['NIL', 'NAN', 'NA', 'na', 'Nil', '1', '00', 'ann', '17850.0', 'nullable', 'O', 'Ω'])(
  '[ID7] %j is somebody',
  (value) => {
    expect(isIdentity(value)).toBe(true)
  },
)
