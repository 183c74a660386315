import { expect, test } from 'vitest'
import { kindsNamed } from '../testing/compiled-line.ts'
import { shopNames } from './shop-events.ts'

const named = (...names: string[]) => shopNames(kindsNamed(...names), 'purchase')

test('[SE9] the usual names count in whatever spelling they come', () => {
  expect(named('Purchase', 'order_completed', 'orderCompleted', 'Order-Completed', 'view')).toEqual(
    [
      'purchase',
      'Order Completed',
      'Purchase',
      'order_completed',
      'orderCompleted',
      'Order-Completed',
    ],
  )
})

test('[SE9] what others call it counts where nothing is called by a usual name', () => {
  expect(named('Placed Order', 'Viewed Product')).toContain('Placed Order')
  expect(named('Placed Order', 'purchase')).not.toContain('Placed Order')
  expect(named('view')).toEqual(['purchase', 'Order Completed'])
})
