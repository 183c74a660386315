import { shareOf } from '../share.ts'
import type { AbandonmentMetric, RateMetric, ValueMetric } from './metric.ts'
import type { AbandonmentTally } from './metric-kernel.ts'
import type { OrdersRow } from './orders-query.ts'

export function rate(count: number, of: number): RateMetric {
  return { count, of, share: shareOf(count, of) }
}

export function abandonment({
  bought,
  abandoned,
  inProgress,
}: AbandonmentTally): AbandonmentMetric {
  const of = bought + abandoned
  return { of, abandoned, share: shareOf(abandoned, of), inProgress }
}

/** @param customers active in the period */
export function money(row: OrdersRow, customers: number, currency: string): ValueMetric {
  const units = (tenThousandths: number): number => tenThousandths / 10_000
  const revenue = units(Number(row.revenue))
  const refunds = units(Number(row.refunds))
  const net = units(Number(row.revenue) - Number(row.refunds))
  const [orders, buyers] = [Number(row.orders), Number(row.buyers)]
  return {
    currency,
    revenue,
    refunds,
    net,
    orders,
    buyers,
    perOrder: shareOf(revenue, orders),
    perBuyer: shareOf(net, buyers),
    perCustomer: shareOf(net, customers),
  }
}
