import { expect, test } from 'vitest'
import { unknownEventLines } from './unknown-events.ts'

const known = ['view_item', 'add_to_cart', 'purchase', 'Order Completed']

test('[CT10] a mistyped name is told with the nearest ones, each once', () => {
  expect(
    unknownEventLines(
      {
        kind: 'funnel',
        steps: ['view_item', 'purchse', { event: ['purchse', 'order_completed'] }, 'teleport'],
      },
      known,
    ),
  ).toEqual([
    "no event is called 'purchse' yet; nearest: 'purchase'",
    "no event is called 'order_completed' yet; nearest: 'Order Completed'",
    "no event is called 'teleport' yet",
  ])
})

test('[CT10] accents do not make a name another one', () => {
  const steps = ['vizită', 'comnda']
  expect(unknownEventLines({ kind: 'funnel', steps }, ['vizită', 'comandă'])).toEqual([
    "no event is called 'comnda' yet; nearest: 'comandă'",
  ])
})

test('[CT10] names that the data has, and questions without names, are silent', () => {
  expect(unknownEventLines({ kind: 'retention', target: 'purchase' }, known)).toEqual([])
  expect(unknownEventLines({ kind: 'paths' }, known)).toEqual([])
})
