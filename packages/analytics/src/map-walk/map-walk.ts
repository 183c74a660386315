import { type BlockPlaces, cutShort, nativePlaces } from '../journey/native-block.ts'
import type { MapPlan } from '../living-map/map-plan.ts'
import type { TallyParts } from '../living-map/map-tally.ts'
import { layOut, type Places } from './walk-layout.ts'
import type { WalkMachine } from './walk-machine.ts'
import { walkedParts } from './walk-tally.ts'

/** So many rows are counted at a time: the compiler's better code is taken up between two calls. */
const PIECE_ROWS = 4096
const FIRST_ROOM = 2 ** 21

/** A count needs more memory than it may take. */
export class TooMuchMemory extends Error {}

/**
 * What `MapKernel` counts of a plan that `isWalkable`, by compiled code over the stream's bytes where they lie: nothing
 * is parsed but where columns begin.
 */
export class MapWalk {
  readonly #plan: MapPlan
  readonly #machine: WalkMachine
  readonly #place: Places
  /** Bytes of the stream lie from here on: those from `#start` to `#end` − 1 are not counted yet. */
  #at = 0
  #room = 0
  #start = 0
  #end = 0
  /** So many are at least needed for the next block. */
  #needed = 1

  constructor(plan: MapPlan, machine: WalkMachine) {
    this.#plan = plan
    this.#machine = machine
    this.#place = this.#within(() => layOut(plan, machine))
  }

  /** @param bytes the next ones of a stream of `mapQuery`, cut anywhere */
  take(bytes: Uint8Array): void {
    this.#hold(bytes)
    while (this.#end - this.#start >= this.#needed) {
      const at = this.#at + this.#start
      const size = this.#end - this.#start
      const found = nativePlaces(new Uint8Array(this.#machine.memory.buffer, at, size))
      if (found.places === null) {
        this.#needed = Math.max(found.needed, size + 1)
        return
      }
      if (found.places.rows > 0) this.#count(found.places, at)
      this.#start += found.places.end
      this.#needed = 1
    }
  }

  /** @throws Error when the stream was cut short */
  counted(): TallyParts {
    if (this.#end > this.#start) throw cutShort(this.#end - this.#start)
    return walkedParts(this.#plan, this.#machine.memory.buffer, this.#place)
  }

  #hold(bytes: Uint8Array): void {
    const { memory } = this.#machine
    const held = this.#end - this.#start
    if (this.#end + bytes.length > this.#room) {
      const from = this.#at + this.#start
      if (held + bytes.length > this.#room) {
        this.#room = Math.max(FIRST_ROOM, 2 * this.#room, 2 * (held + bytes.length))
        this.#at = this.#within(() => this.#machine.room(this.#room))
      }
      new Uint8Array(memory.buffer).copyWithin(this.#at, from, from + held)
      this.#start = 0
      this.#end = held
    }
    new Uint8Array(memory.buffer).set(bytes, this.#at + this.#end)
    this.#end += bytes.length
  }

  #count({ rows, columns }: BlockPlaces, at: number): void {
    const customers = columns.get('customer')
    const events = columns.get('events')
    const money = columns.get('money')
    if (
      customers?.type !== 'UInt64' ||
      events?.type !== 'Array(UInt64)' ||
      events.endsAt === null ||
      (money !== undefined && money.type !== 'Array(Float64)')
    ) {
      throw new Error(`not a block of a map: ${[...columns.keys()].join(', ')}`)
    }
    let paid = at + (money?.at ?? 0)
    for (let from = 0; from < rows; from += PIECE_ROWS) {
      const to = Math.min(rows, from + PIECE_ROWS)
      const { endsAt } = events
      paid = this.#within(() =>
        this.#machine.run(at + events.at, at + endsAt, at + customers.at, paid, from, to),
      )
    }
  }

  #within<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (this.#machine.full.value === 0) throw error
      throw new TooMuchMemory('the map needs more memory than a count may take', { cause: error })
    }
  }
}
