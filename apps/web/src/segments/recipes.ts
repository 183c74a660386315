import { type EventRule, type SegmentRule, snakeCase } from '@parcurs/domain'
import type { AnswerOf } from '../api/routes.ts'

export type RecipeKind = 'bought-twice' | 'often' | 'cart-only' | 'new' | 'silent'

/** A good first segment of what is in the data. */
export interface Recipe {
  readonly kind: RecipeKind
  readonly rule: SegmentRule
}

const BOUGHT =
  /^(order_completed|order|purchase|purchased|bought|checkout_completed|payment_completed|transaction)$/
const CARTED = /^(add_to_cart|added_to_cart|product_added|cart_add|item_added)$/

/**
 * Three to begin with: who buys often, who wanted to and did not, who went silent. Where the events are no shop's, the
 * most frequent one and newcomers stand in.
 */
export function recipesOf(words: AnswerOf<'vocabulary'>): readonly Recipe[] {
  const named = (pattern: RegExp): EventRule | null => {
    const names = words.events
      .map(({ name }) => name)
      .filter((name) => pattern.test(snakeCase(name)))
    return names.length === 0 ? null : { kind: 'event', names: names.slice(0, 3) }
  }
  const [bought, carted] = [named(BOUGHT), named(CARTED)]
  const often = words.events[0]
  const anything: EventRule = { kind: 'all', rules: [] }
  return [
    ...(bought !== null
      ? [{ kind: 'bought-twice' as const, rule: did(bought, 2) }]
      : often === undefined
        ? []
        : [{ kind: 'often' as const, rule: did({ kind: 'event', names: [often.name] }, 2) }]),
    bought !== null && carted !== null
      ? { kind: 'cart-only', rule: { kind: 'all', rules: [did(carted, 1), never(bought, 90)] } }
      : {
          kind: 'new',
          rule: {
            kind: 'first',
            event: anything,
            window: { kind: 'last', n: 30, unit: 'days' },
          },
        },
    { kind: 'silent', rule: never(anything, 30) },
  ]
}

function did(event: EventRule, times: number): SegmentRule {
  return {
    kind: 'did',
    event,
    times: { op: 'gte', value: times },
    window: { kind: 'last', n: 90, unit: 'days' },
  }
}

function never(event: EventRule, days: number): SegmentRule {
  return {
    kind: 'did',
    event,
    times: { op: 'lte', value: 0 },
    window: { kind: 'last', n: days, unit: 'days' },
  }
}
