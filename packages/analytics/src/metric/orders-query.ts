import type { QuestionContext } from '../asking/question-kind.ts'
import { eventMoney, isOrder } from '../journey/order-value.ts'
import { matchedKinds, type Selection, selectedEvents, unitOf } from '../selection/selection.ts'
import { compile, type Compiled, sql } from '../sql.ts'

/** Decimal text; money in ten-thousandths, refunds positive. */
export interface OrdersRow {
  readonly revenue: string
  readonly refunds: string
  readonly orders: string
  readonly buyers: string
}

/** What was paid and given back: its code is a mask. */
export type PaidSelection = Selection & {
  readonly code: Extract<Selection['code'], { readonly as: 'mask' }>
}

/**
 * One row over purchases (bit 0 of the selection's code) and refunds (bit 1). From the events, because a journey does
 * not tell a purchase without money from another event of an order that was counted.
 */
export function ordersQuery(
  { reading, kinds }: QuestionContext,
  selection: PaidSelection,
): Compiled {
  const events = selectedEvents(
    reading,
    kinds,
    selection,
    sql`${unitOf(selection)} AS buyer, ${eventMoney(reading, null)} AS money,
      bitAnd(code, 1) != 0 AS bought, (bought AND ${isOrder(reading)}) AS ordered`,
    matchedKinds(selection.code, kinds),
  )
  return compile(sql`
    SELECT sumIf(money, bought AND money > 0) AS revenue, -sumIf(money, money < 0) AS refunds,
      countIf(ordered) AS orders, uniqExactIf(buyer, ordered) AS buyers
    FROM (${events})`)
}
