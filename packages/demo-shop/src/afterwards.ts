import { DAY_MS } from './calendar.ts'
import { HOUR_MS } from './trail.ts'
import type { Trail } from './trail.ts'
import type { Customer, Draws, World } from './customer.ts'
import { happens, type ProblemId } from './problem.ts'
import type { Shopped } from './shopping.ts'
import { answerCsatIn, answerNps, writeReview } from './voice.ts'

export interface Afterwards {
  readonly complained: boolean
  readonly problem: ProblemId | null
}

/** The days after an order: parcel, complaint, help, return, what the customer tells others. */
export function afterPurchase(
  world: World,
  customer: Customer,
  trail: Trail,
  draws: Draws,
  bought: Extract<Shopped, { kind: 'bought' }>,
): Afterwards {
  const { after, voice } = draws
  const luck = after.unit()
  const complains = after.unit() < 0.8
  const needsHelp = after.chance(0.07)
  const returns = after.chance(0.07)
  const engaged = after.chance(0.93)
  const answers = after.chance(0.34)
  const reviews = after.chance(0.12)
  const recommends = after.chance(0.08)
  let mood = 0.84
  let late = false
  let lateByProblem = false
  if (bought.store === null) {
    const outside = customer.city !== 'Bucharest'
    late = luck < (outside && happens(world, trail.timeMs, 'late-delivery') ? 0.48 : 0.02)
    lateByProblem = late && luck >= 0.02
    const carrier = outside ? 'swift' : 'metro'
    trail.wait(10 * HOUR_MS, 30 * HOUR_MS)
    trail.known('email', 'order_shipped', { carrier })
    if (late) trail.wait(6 * DAY_MS, 8 * DAY_MS)
    else trail.wait(1 * DAY_MS, 2 * DAY_MS)
    trail.known('partner', 'order_delivered', { carrier })
    const told = voice.chance(0.2)
    trail.wait(HOUR_MS, 6 * HOUR_MS)
    if (told) answerCsatIn(trail, voice, 'sms', 'delivery', late ? 0.1 : 0.82)
    if (late && complains) {
      trail.wait(HOUR_MS, 20 * HOUR_MS)
      trail.known('call', 'delivery_complaint', { carrier })
      return { complained: true, problem: lateByProblem ? 'late-delivery' : null }
    }
    if (late) mood = 0.45
  }
  if (needsHelp) {
    trail.wait(4 * HOUR_MS, 30 * HOUR_MS)
    trail.known('call', 'support_called', { topic: 'product' })
    if (voice.chance(0.4)) answerCsatIn(trail, voice, 'call', 'help', 0.7)
  }
  if (returns) {
    trail.wait(10 * HOUR_MS, 40 * HOUR_MS)
    trail.known('web', 'return_requested', {})
    trail.wait(1 * DAY_MS, 2 * DAY_MS)
    trail.refund(bought.order, bought.store === null ? 'web' : 'store')
    mood -= 0.2
  }
  if (engaged) {
    trail.wait(12 * HOUR_MS, 40 * HOUR_MS)
    if (answers) answerNps(trail, voice, mood)
    if (reviews) {
      trail.wait(HOUR_MS, 20 * HOUR_MS)
      writeReview(trail, voice, bought.product.id, mood)
    }
    if (recommends && mood > 0.6) {
      trail.wait(HOUR_MS, 20 * HOUR_MS)
      trail.actIn('social', 'friend_invited', {})
    }
    trail.wait(6 * HOUR_MS, 30 * HOUR_MS)
    trail.known('email', 'points_opened', { points: String(Math.round(bought.order.value)) })
  }
  return { complained: false, problem: lateByProblem ? 'late-delivery' : null }
}
