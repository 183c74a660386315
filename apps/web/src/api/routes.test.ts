import { ADDRESSES } from '@parcurs/contract/addresses'
import { expect, test } from 'vitest'
import { placeOf } from './ask.ts'

test('[UI19] what is asked goes to the address that the contract has for it', () => {
  const asking = {
    params: { workspace: 'demo', customer: '../1' },
    query: { mapId: 'a b', beforeMs: undefined },
  }
  const { method, path } = ADDRESSES.customerJourney
  expect(placeOf('customerJourney', asking)).toEqual({
    method,
    path: `${path.replace(':workspace', 'demo').replace(':customer', '..%2F1')}?mapId=a%20b`,
  })
})
