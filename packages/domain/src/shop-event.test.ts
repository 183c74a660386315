import { expect, test } from 'vitest'
import { eventMoney } from './shop-event.ts'

test.each<[string, Record<string, string>, number | null, string, string]>([
  ['purchase', { value: '9.99', currency: 'eur', transaction_id: 't' }, 99_900, 'EUR', 't'],
  ['Order Completed', { total: '30', order_id: 'o' }, 300_000, '', 'o'],
  ['Order Completed', { revenue: '25', total: '30' }, 250_000, '', ''],
  ['refund', { value: '5', orderId: 'o' }, -50_000, '', 'o'],
  ['Order Refunded', { total: '5' }, -50_000, '', ''],
  ['refund', { value: '-5' }, -50_000, '', ''],
  ['view_item', { value: '12' }, 120_000, '', ''],
  ['search', { total: '17' }, null, '', ''],
  ['purchase', { value: 'much' }, null, '', ''],
  ['purchase', { currency: 'euros' }, null, '', ''],
  ['purchase', { value: '2,000.00' }, 20_000_000, '', ''],
  ['purchase', { value: '$19.99', currency: 'EUR' }, 199_900, 'EUR', ''],
  ['purchase', { value: '19,99' }, 199_900, '', ''],
  ['purchase', { value: '19,99 RON' }, 199_900, 'RON', ''],
  ['purchase', { value: '1.000' }, 10_000, '', ''],
  ['purchase', { value: '', revenue: 'null', total: '7' }, 70_000, '', ''],
  ['purchase', { revenue: '0', total: '100' }, 0, '', ''],
  ['purchase', { value: 'gold', revenue: '5' }, 50_000, '', ''],
])('[CO8] %s %j', (name, properties, value, currency, orderId) => {
  expect(eventMoney(name, properties)).toMatchObject({ value, currency, orderId })
})

test.each<[string, Record<string, string>, object | null]>([
  [
    'purchase',
    { value: 'gold', revenue: '5' },
    { property: 'value', text: 'gold', why: 'not-a-number' },
  ],
  ['purchase', { revenue: '1,000' }, { property: 'revenue', text: '1,000', why: 'ambiguous' }],
  ['purchase', { value: '12 pieces' }, { property: 'value', text: '12 pieces', why: 'unit' }],
  ['purchase', { value: '1e300' }, { property: 'value', text: '1e300', why: 'too-large' }],
  ['level_up', { value: 'gold' }, null],
  ['level_up', { revenue: 'gold' }, { property: 'revenue', text: 'gold', why: 'not-a-number' }],
  ['purchase', { value: '', revenue: '5' }, null],
])('[CO8] %s %j: what cannot be read is told', (name, properties, unread) => {
  expect(eventMoney(name, properties).unread).toEqual(unread)
})
