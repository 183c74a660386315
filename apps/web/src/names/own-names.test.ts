import { expect, test } from 'vitest'
import { ownName } from './own-names.ts'

test('[UI43] a number that tells two of one name apart is kept, and what somebody wrote is nobody else’s', () => {
  expect(ownName('Search 2')).toEqual({ key: 'search', number: ' 2' })
  expect(ownName('Search in the shop')).toBeNull()
  expect(ownName('')).toBeNull()
})
