import type { EventType, IncomingEvent, IncomingTraits } from '@parcurs/domain'
import type { DeviceKind } from './persona.ts'
import type { Random } from './random.ts'

/** Where a customer clicks; the anonymous id lives as long as the device. */
export interface Device {
  readonly kind: DeviceKind
  readonly surface: 'web' | 'app'
  readonly anonymousId: string
  signedIn: boolean
}

/** Where events go. The counterfactual is lived without one. */
export interface Sink {
  readonly events: IncomingEvent[]
  readonly identifies: IncomingTraits[]
}

export interface Order {
  readonly id: string
  readonly timeMs: number
  readonly value: number
}

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000

const NOTHING: Readonly<Record<string, string>> = {}

/**
 * The trail one customer leaves: a clock that only goes forward, the device in hand, and the events.
 * What happens at or after `endMs` has not happened yet: it is neither written nor counted.
 */
export class Trail {
  timeMs = 0
  device: Device
  orders = 0
  revenue = 0
  readonly #endMs: number
  readonly #userId: string
  readonly #idPrefix: string
  readonly #traits: Readonly<Record<string, string>>
  readonly #sink: Sink | null
  readonly #pace: Random
  #written = 0

  constructor(told: {
    readonly endMs: number
    readonly userId: string
    readonly idPrefix: string
    readonly traits: Readonly<Record<string, string>>
    readonly device: Device
    readonly sink: Sink | null
    readonly pace: Random
  }) {
    this.#endMs = told.endMs
    this.#userId = told.userId
    this.#idPrefix = told.idPrefix
    this.#traits = told.traits
    this.device = told.device
    this.#sink = told.sink
    this.#pace = told.pace
  }

  get isOver(): boolean {
    return this.timeMs >= this.#endMs
  }

  /** Lets between `lowMs` and `highMs` pass. */
  wait(lowMs: number, highMs: number): void {
    this.timeMs += Math.floor(this.#pace.between(lowMs, highMs))
  }

  /** A few seconds to a minute and a half, as between two clicks. */
  click(): void {
    this.wait(4_000, 90_000)
  }

  page(path: string, properties: Readonly<Record<string, string>> = NOTHING): void {
    this.#onDevice('page', 'page_view', path, properties)
  }

  screen(name: string): void {
    this.#onDevice('screen', 'screen_view', '', { screen_name: name })
  }

  act(name: string, path: string, properties: Readonly<Record<string, string>> = NOTHING): void {
    this.#onDevice('track', name, this.device.surface === 'web' ? path : '', properties)
  }

  /** On the device, but in a channel of its own: an ad, a chat window. */
  actIn(channel: string, name: string, properties: Readonly<Record<string, string>>): void {
    const device = this.device
    this.#write('track', name, channel, '', device.signedIn, device.anonymousId, null, '', {
      device: device.kind,
      ...properties,
    })
  }

  /** Something that happens to a known customer away from any device: a letter, a parcel, a call. */
  known(channel: string, name: string, properties: Readonly<Record<string, string>>): void {
    this.#write('track', name, channel, '', true, '', null, '', properties)
  }

  /** An order in the hand's device, or at the till when `store` names the shop. */
  order(value: number, store: string | null, properties: Readonly<Record<string, string>>): Order {
    this.orders += this.isOver ? 0 : 1
    this.revenue += this.isOver ? 0 : value
    const id = `o${this.#idPrefix}${this.orders}`
    const device = this.device
    if (store !== null) {
      const held = { store, ...properties }
      this.#write('track', 'purchase', 'store', '', true, '', value, id, held)
    } else {
      const path = device.surface === 'web' ? '/checkout/payment' : ''
      const held = { device: device.kind, ...properties }
      const anonymous = device.anonymousId
      this.#write('track', 'purchase', device.surface, path, true, anonymous, value, id, held)
    }
    return { id, timeMs: this.timeMs, value }
  }

  refund(order: Order, channel: string): void {
    this.#write('track', 'refund', channel, '', true, '', -order.value, order.id, NOTHING)
  }

  /** Signs in on the device in hand, once; from here on its earlier events are the customer's too. */
  signIn(): void {
    const device = this.device
    if (device.signedIn) return
    device.signedIn = true
    this.act('login', '/account')
    this.introduce()
  }

  /** Says who is behind the device in hand. */
  introduce(): void {
    if (this.#sink === null || this.isOver) return
    this.#sink.identifies.push({
      userId: this.#userId,
      anonymousId: this.device.anonymousId,
      timeMs: this.timeMs,
      traits: this.#traits,
    })
  }

  #onDevice(
    type: EventType,
    name: string,
    path: string,
    properties: Readonly<Record<string, string>>,
  ): void {
    const device = this.device
    const held = { device: device.kind, ...properties }
    const anonymous = device.anonymousId
    this.#write(type, name, device.surface, path, device.signedIn, anonymous, null, '', held)
  }

  #write(
    type: EventType,
    name: string,
    channel: string,
    path: string,
    known: boolean,
    anonymousId: string,
    value: number | null,
    orderId: string,
    properties: Readonly<Record<string, string>>,
  ): void {
    if (this.#sink === null || this.timeMs >= this.#endMs) return
    this.#written += 1
    this.#sink.events.push({
      type,
      name,
      channel,
      path,
      userId: known ? this.#userId : '',
      anonymousId,
      messageId: `demo${this.#idPrefix}${this.#written}`,
      timeMs: this.timeMs,
      position: this.#written,
      value: value === null ? null : Math.round(value * 10_000),
      currency: value === null ? '' : 'EUR',
      orderId,
      properties,
    })
  }
}
