// As `Visits`: the journey at hand as the map sees it.
import { at4, at8, room } from './memory'
import { GOAL, horizonMs, lengthMs, PAUSE_MS, STEPS_BITS, UNMAPPED, VALUED } from './plan'

export let visitCount: i32 = 0
/** The first ones: those of the period. */
export let inPeriod: i32 = 0
export let payments: i32 = 0
export let strays: i32 = 0
/** Some event was in the period, and none of them of a visit that began before it. */
export let outside: bool = false
/** Where the next customer's money lies. */
export let money: usize = 0

export let visitStep: usize = 0
export let visitTime: usize = 0
export let paymentsBefore: usize = 0
export let straysBefore: usize = 0
export let paymentTime: usize = 0
export let paymentValue: usize = 0
export let strayTime: usize = 0
export let strayGroup: usize = 0
/** Of a repeatable step, and not the first one to it. */
export let again: usize = 0

/** Events a journey. */
let most: i32 = 0

export function forgetRoom(): void {
  most = 0
}

export function moneyFrom(place: usize): void {
  money = place
}

function makeRoom(events: i32): void {
  most = max(most, 256)
  while (most < events) most *= 2
  visitStep = room((<usize>most) << 2)
  visitTime = room((<usize>most) << 3)
  paymentsBefore = room((<usize>most) << 2)
  straysBefore = room((<usize>most) << 2)
  paymentTime = room((<usize>most) << 3)
  paymentValue = room((<usize>most) << 3)
  strayTime = room((<usize>most) << 3)
  strayGroup = room((<usize>most) << 2)
  again = room(most)
}

/** @param start place of the first event, `end` of the one after the last */
export function readVisits(start: usize, end: usize): void {
  const events = <i32>((end - start) >> 3)
  if (events > most) makeRoom(events)
  const steps = visitStep
  const times = visitTime
  const paymentsAt = paymentsBefore
  const straysAt = straysBefore
  const length = lengthMs
  const horizon = horizonMs
  let paid = money
  let count = 0
  let counted = 0
  let payment = 0
  let stray = 0
  let present = false
  let lastStep: i32 = -1
  let lastTime: i64 = 0
  let p = start
  for (; p < end; p += 8) {
    const event = load<u64>(p)
    const time = <i64>(event >> 16) - PAUSE_MS
    if (time >= 0) break
    const code = <u32>event & 0xffff
    if (code & VALUED) paid += 8
    if (code & UNMAPPED) continue
    const step = <i32>(code & STEPS_BITS) - 1
    if (step < 0) continue
    lastStep = step
    lastTime = time
  }
  // A visit that began before goes on here: it is the former period's, and the customer is on the map.
  let former = lastStep >= 0
  let continued = false
  for (; p < end; p += 8) {
    const event = load<u64>(p)
    const time = <i64>(event >> 16) - PAUSE_MS
    const code = <u32>event & 0xffff
    if (time > horizon) {
      if (code & VALUED) paid += 8
      continue
    }
    if (time < length) present = true
    // What begins a visit may itself be a payment: it is at the visit, not before it.
    const before = payment
    if (code >= GOAL) {
      let value: f64 = 0
      if (code & VALUED) {
        value = load<f64>(paid)
        paid += 8
      }
      const unmapped = code & UNMAPPED
      if (value < 0 || (!unmapped && code & GOAL)) {
        store<i64>(at8(paymentTime, payment), time)
        store<f64>(at8(paymentValue, payment++), value)
      }
      if (unmapped) {
        store<i64>(at8(strayTime, stray), time)
        store<i32>(at4(strayGroup, stray++), <i32>(code & (UNMAPPED - 1)))
        continue
      }
    }
    const step = <i32>(code & STEPS_BITS) - 1
    if (step < 0) continue
    if (step == lastStep && time - lastTime <= PAUSE_MS) {
      lastTime = time
      if (former && time < length) continued = true
      continue
    }
    former = false
    store<i32>(at4(steps, count), step)
    store<i64>(at8(times, count), time)
    store<i32>(at4(paymentsAt, count), before)
    store<i32>(at4(straysAt, count++), stray)
    lastStep = step
    lastTime = time
    if (time < length) counted = count
  }
  money = paid
  visitCount = count
  inPeriod = counted
  payments = payment
  strays = stray
  outside = present && counted == 0 && !continued
}
