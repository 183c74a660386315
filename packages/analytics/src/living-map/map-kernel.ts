import { BOOTSTRAP_GROUPS } from './bootstrap.ts'
import { COMPLETION_PARTS } from './completion-estimate.ts'
import type { MapBlock } from './map-block.ts'
import { openPart } from './moments.ts'
import { type MapPlan, obligatoryPositions } from './map-plan.ts'
import { MapTally } from './map-tally.ts'
import { Visits } from './visits.ts'
import {
  AROUND_BIT,
  BACK_BIT,
  LOOP,
  MOVED,
  MOVED_BIT,
  NEXT_BIT,
  ON,
  ON_BIT,
  REACHED_BIT,
  RETURNED_BIT,
  SETTLED,
  Way,
} from './way.ts'

/**
 * Everything the living map counts, in one pass over journeys, without an allocation per customer.
 *
 * Rules: SPEC.md, "The living map". What the kernel reads begins `LEAD_MS` before the period and should reach
 * one window beyond it: visits that began in the period are counted, later ones only say what became of them.
 * Kernels over disjoint customers merge to the kernel over all.
 */
export class MapKernel {
  readonly plan: MapPlan
  readonly tally: MapTally

  readonly #visits = new Visits()
  readonly #way: Way
  readonly #lengthMs: number
  readonly #horizonMs: number
  /** Positions, as the bits of words; and those of them that the customer at hand visited. */
  readonly #obligatory: Int32Array
  readonly #visited: Int32Array
  readonly #stepGoal: Uint8Array
  readonly #stepStage: Int32Array

  // Scratch: the number of the customer, or of the question, who set it last.
  #stamp = 0
  readonly #unmappedSeen: Int32Array
  /** Rises with every question "which groups did they do?"; a double, as it outgrows 32 bits. */
  #mark = 0
  readonly #groupMark: Float64Array

  constructor(plan: MapPlan) {
    this.plan = plan
    this.tally = new MapTally(plan)
    this.#way = new Way(plan)
    this.#lengthMs = plan.period.toMs - plan.period.fromMs
    this.#horizonMs = this.#lengthMs + plan.windowMs
    this.#obligatory = new Int32Array(this.#way.words)
    this.#visited = new Int32Array(this.#way.words)
    for (const position of obligatoryPositions(plan.steps)) {
      this.#obligatory[position >> 5] = this.#obligatory[position >> 5]! | (1 << (position & 31))
    }
    this.#stepGoal = Uint8Array.from(plan.steps, (step) => (step.goal ? 1 : 0))
    this.#stepStage = Int32Array.from(plan.steps, (step) => step.stage)
    this.#unmappedSeen = new Int32Array(plan.unmappedGroups)
    this.#groupMark = new Float64Array(plan.unmappedGroups)
  }

  add(block: MapBlock): void {
    const { customers, ends } = block
    const { tally } = this
    const visits = this.#visits
    const bound = tally.sampleBound
    let start = 0
    let paid = 0
    for (let row = 0; row < block.rows; row++) {
      const end = ends[row]!
      paid = visits.read(block, start, end, paid, this.#lengthMs, this.#horizonMs)
      start = end
      if (visits.inPeriod === 0) {
        if (visits.outside) tally.outside++
        continue
      }
      const low = customers[row * 2]!
      const high = customers[row * 2 + 1]!
      this.#stamp++
      tally.entrants++
      this.#way.over(visits, tally)
      const completed = visits.payments > 0 && this.#completed()
      this.#entry()
      this.#ending(completed, low, high)
      tally.moments?.addDue(visits.time, visits.inPeriod, low, high)
      if (visits.strays > 0) this.#strays()
      this.#settle(low, high, high <= bound)
      this.#way.clear(visits)
    }
  }

  /** Reached the goal at or after a visit of the period, within the window of the latest such visit. */
  #completed(): boolean {
    const { tally } = this
    const { time, inPeriod, paymentsBefore, payments, paymentTime, paymentValue } = this.#visits
    let completed = false
    let v = -1
    for (let p = 0; p < payments; p++) {
      while (v + 1 < inPeriod && paymentsBefore[v + 1]! <= p) v++
      if (v < 0 || paymentTime[p]! - time[v]! > this.plan.windowMs) continue
      const value = paymentValue[p]!
      // Money given back is no second success, and none at all without a first one.
      if (value >= 0) completed = true
      if (completed) tally.goalMoney += value
    }
    if (completed) tally.completions++
    return completed
  }

  /** Reached the goal within the window of the first visit of the period, or still may. */
  #entry(): void {
    const { tally } = this
    const { time, payments, paymentsBefore, paymentTime, paymentValue } = this.#visits
    const { windowMs, nowMs, period } = this.plan
    const entry = time[0]!
    let goalMs = -1
    for (let p = paymentsBefore[0]!; p < payments && paymentTime[p]! - entry <= windowMs; p++) {
      if (paymentValue[p]! < 0) continue
      goalMs = paymentTime[p]! - entry
      break
    }
    const watchedMs = nowMs - period.fromMs - entry
    if (entry < tally.firstEntry[0]!) tally.firstEntry[0] = entry
    if (goalMs >= 0) {
      const part = Math.ceil((goalMs / windowMs) * COMPLETION_PARTS)
      tally.completedParts[part] = tally.completedParts[part]! + 1
    } else if (watchedMs <= windowMs) {
      const part = openPart(watchedMs, windowMs)
      tally.openParts[part] = tally.openParts[part]! + 1
      tally.moments?.addOpen(entry)
    }
    if (watchedMs <= windowMs) return
    tally.settledEntrants++
    if (goalMs >= 0) tally.settledCompletions++
  }

  /** What became of the customer after the last visit of the period, and how the journey fits the map. */
  #ending(completed: boolean, low: number, high: number): void {
    const { tally } = this
    const { step: steps, time: times, count, inPeriod } = this.#visits
    const last = inPeriod - 1
    const step = steps[last]!
    const time = times[last]!
    const { windowMs, nowMs, period } = this.plan
    const atMs = time + period.fromMs
    const over = nowMs - atMs > windowMs
    let left = false
    if (this.#stepGoal[step] === 1) tally.goalEnded++
    else if (last + 1 < count && times[last + 1]! - time <= windowMs) tally.continued++
    else if (over) {
      left = true
      tally.left[step] = tally.left[step]! + 1
      tally.leftSample[step]!.add(low, high, atMs)
      this.#wentBackFrom(step)
      this.#leftDid(step, last)
    } else {
      tally.open[step] = tally.open[step]! + 1
      tally.openSample[step]!.add(low, high, atMs)
    }
    if (!completed && !over) tally.inProgress++
    if (completed || left) this.#conformance()
  }

  /** Only first visits to a position are judged: against the furthest one since a drawn loop was last walked. */
  #conformance(): void {
    const { tally } = this
    const { position, moves, known, words, waysBack } = this.#way
    const { step: steps, inPeriod } = this.#visits
    const visited = this.#visited.fill(0)
    const S = known.length
    let inOrder = true
    let furthest = -1
    let reached = -1
    for (let v = 0; v < inPeriod; v++) {
      const place = position[steps[v]!]!
      const word = place >> 5
      const bit = 1 << (place & 31)
      if (v > 0 && moves[steps[v - 1]! * S + steps[v]!] === LOOP) reached = place
      else if (place < reached && (visited[word]! & bit) === 0) inOrder = false
      visited[word] = visited[word]! | bit
      reached = Math.max(reached, place)
      furthest = Math.max(furthest, place)
    }
    let skipped = 0
    for (let w = 0; w < words && w <= furthest >> 5; w++) {
      const missed = this.#obligatory[w]! & ~visited[w]!
      skipped += bitCount(w === furthest >> 5 ? missed & ((1 << (furthest & 31)) - 1) : missed)
    }
    tally.finished++
    if (inOrder && skipped === 0) tally.conforming++
    const unfit = skipped + waysBack
    tally.addFitness(1 - unfit / (inPeriod + tally.obligatory))
  }

  /** Counts the customer at each step they visited. */
  #settle(low: number, high: number, sampled: boolean): void {
    const { tally } = this
    const { customers, movedOn, wentBack, reachedNext, movedBack, stageCustomers } = tally
    const { groupCounts } = tally
    const { payments } = this.#visits
    const { known: flags, seen, words, backs, backEdges } = this.#way
    const S = flags.length
    for (let b = 0; b < backs; b++) {
      const edge = backEdges[b]!
      if ((flags[Math.floor(edge / S)]! & MOVED) !== 0) movedBack[edge] = movedBack[edge]! + 1
    }
    const group = (low ^ (low >>> 16)) & (BOOTSTRAP_GROUPS - 1)
    let stage = -1
    for (let w = 0; w < words; w++) {
      for (let bits = seen[w]!; bits !== 0; bits &= bits - 1) {
        const step = (w << 5) + 31 - Math.clz32(bits & -bits)
        const known = flags[step]!
        customers[step] = customers[step]! + 1
        movedOn[step] = movedOn[step]! + ((known >> MOVED_BIT) & 1)
        wentBack[step] = wentBack[step]! + ((known >> BACK_BIT) & 1)
        reachedNext[step] = reachedNext[step]! + ((known >> REACHED_BIT) & 1)
        if ((known & SETTLED) !== 0) this.#settled(step, known)
        if (this.#stepStage[step] !== stage) {
          stage = this.#stepStage[step]!
          stageCustomers[stage] = stageCustomers[stage]! + 1
        }
        if (sampled) this.#sample(step, (known & MOVED) !== 0, low, high)
        // A mean of those whose time is over: who moved on just now has had none to buy in.
        if ((known & MOVED) !== 0 && this.#over(this.#way.firstMoved[step]!)) {
          const at = step * BOOTSTRAP_GROUPS + group
          groupCounts[at] = groupCounts[at]! + 1
          if (payments > 0) this.#risk(step, at)
        }
      }
    }
  }

  /** What a customer did whose window after the last visit here is over. */
  #settled(step: number, known: number): void {
    const { settled, settledOn, settledNext, settledBack } = this.tally
    const { settledReturned, settledAround, settledEnded } = this.tally
    const back = (known >> RETURNED_BIT) & 1
    const around = (known >> AROUND_BIT) & 1
    settled[step] = settled[step]! + 1
    settledOn[step] = settledOn[step]! + ((known >> ON_BIT) & 1)
    settledNext[step] = settledNext[step]! + ((known >> NEXT_BIT) & 1)
    settledBack[step] = settledBack[step]! + back
    if ((known & ON) !== 0) return
    settledReturned[step] = settledReturned[step]! + back
    settledAround[step] = settledAround[step]! + around
    if ((back | around) === 0 && this.#stepGoal[step] === 1) {
      settledEnded[step] = settledEnded[step]! + 1
    }
  }

  /** The window after the visit is over. */
  #over(visit: number): boolean {
    const { nowMs, period, windowMs } = this.plan
    return nowMs - period.fromMs - this.#visits.time[visit]! > windowMs
  }

  #sample(step: number, moved: boolean, low: number, high: number): void {
    const { visitedSample, movedSample } = this.tally
    const { step: steps, time, inPeriod } = this.#visits
    const { fromMs } = this.plan.period
    if (visitedSample[step]!.wants(high)) {
      const last = steps.lastIndexOf(step, inPeriod - 1)
      visitedSample[step]!.add(low, high, time[last]! + fromMs)
    }
    if (moved) movedSample[step]!.add(low, high, time[this.#way.firstMoved[step]!]! + fromMs)
  }

  /**
   * Of a step moved on from: the goal money within the window of the first visit that moved on, at least
   * none: who gives back what they bought before has nothing at risk here, and takes nothing from others.
   */
  #risk(step: number, at: number): void {
    const { groupMoney } = this.tally
    const { time, payments, paymentsBefore, paymentTime, paymentValue } = this.#visits
    const v = this.#way.firstMoved[step]!
    const untilMs = time[v]! + this.plan.windowMs
    let sum = 0
    for (let p = paymentsBefore[v]!; p < payments && paymentTime[p]! <= untilMs; p++) {
      sum += paymentValue[p]!
    }
    if (sum > 0) groupMoney[at] = groupMoney[at]! + sum
  }

  /** Counts the customer, who left this step, for each earlier step they went back to from it. */
  #wentBackFrom(step: number): void {
    const { leftBack } = this.tally
    const { backs, backEdges, known } = this.#way
    const first = step * known.length
    for (let b = 0; b < backs; b++) {
      const edge = backEdges[b]!
      if (edge >= first && edge < first + step) leftBack[edge] = leftBack[edge]! + 1
    }
  }

  /** The unmapped behaviour of the period, and of those who moved on from a step within the window after. */
  #strays(): void {
    const { tally } = this
    const { unmappedEvents, unmappedCustomers, movedDid } = tally
    const { strays, strayTime, strayGroup } = this.#visits
    const stamp = this.#stamp
    for (let s = 0; s < strays && strayTime[s]! < this.#lengthMs; s++) {
      const group = strayGroup[s]!
      unmappedEvents[group] = unmappedEvents[group]! + 1
      if (this.#unmappedSeen[group] !== stamp) {
        this.#unmappedSeen[group] = stamp
        unmappedCustomers[group] = unmappedCustomers[group]! + 1
      }
    }
    const { known, seen, words, firstMoved } = this.#way
    for (let w = 0; w < words; w++) {
      for (let bits = seen[w]!; bits !== 0; bits &= bits - 1) {
        const step = (w << 5) + 31 - Math.clz32(bits & -bits)
        if ((known[step]! & MOVED) === 0) continue
        this.#did(step, firstMoved[step]!, movedDid, null)
      }
    }
  }

  #leftDid(step: number, visit: number): void {
    const { leftDid, leftDidEvents } = this.tally
    if (this.#visits.strays > 0) this.#did(step, visit, leftDid, leftDidEvents)
  }

  /** Counts the unmapped behaviour within the window after a visit: customers once a group, and events. */
  #did(step: number, visit: number, customers: Float64Array, events: Float64Array | null): void {
    const { time, strays, straysBefore, strayTime, strayGroup } = this.#visits
    const atMs = time[visit]!
    const untilMs = atMs + this.plan.windowMs
    const mark = ++this.#mark
    const first = step * this.plan.unmappedGroups
    let s = straysBefore[visit]!
    // What happened at the same instant counts as after it.
    while (s > 0 && strayTime[s - 1] === atMs) s--
    for (; s < strays && strayTime[s]! <= untilMs; s++) {
      const group = strayGroup[s]!
      if (events !== null) events[first + group] = events[first + group]! + 1
      if (this.#groupMark[group] === mark) continue
      this.#groupMark[group] = mark
      customers[first + group] = customers[first + group]! + 1
    }
  }
}

function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
