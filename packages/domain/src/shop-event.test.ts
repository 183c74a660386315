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
])('[CO8] %s %j', (name, properties, value, currency, orderId) => {
  expect(eventMoney(name, properties)).toEqual({ value, currency, orderId })
})
