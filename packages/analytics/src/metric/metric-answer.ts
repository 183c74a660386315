import { shareOf } from '../share.ts'
import type { AbandonmentMetric, RateMetric, ValueMetric } from './metric.ts'
import type { AbandonmentTally, MetricTally } from './metric-kernel.ts'

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

export function money(tally: MetricTally, currency: string): ValueMetric {
  const units = (tenThousandths: number): number => tenThousandths / 10_000
  const revenue = units(tally.revenue)
  const refunds = units(tally.refunds)
  const net = units(tally.revenue - tally.refunds)
  return {
    currency,
    revenue,
    refunds,
    net,
    orders: tally.orders,
    buyers: tally.buyers,
    perOrder: shareOf(revenue, tally.orders),
    perBuyer: shareOf(net, tally.buyers),
    perCustomer: shareOf(net, tally.customers),
  }
}
