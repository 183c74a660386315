import {
  event,
  type ExportRow,
  type instantOf,
  type KnownExport,
  type Unfolded,
  type UnfoldedEvent,
} from './unfolded.ts'

type OrderState = 'bought' | 'open' | 'void'

/** An order, whichever shop wrote it. */
export interface Order {
  readonly base: Pick<UnfoldedEvent, 'who' | 'currency' | 'properties'>
  /** Of the order itself; refunds carry it too. */
  readonly order: string
  readonly timeMs: number | null
  readonly total: number | null
  readonly state: OrderState
  /** null: the refund does not say when, and stands with the order. */
  readonly refunds: readonly { readonly value: number; readonly timeMs: number | null }[]
  readonly cancelledMs: number | null
}

/** An order becomes a purchase, and what was given back a refund of the same order. */
export function orderEvents(
  shop: string,
  { base, order, timeMs, total, ...said }: Order,
): UnfoldedEvent[] {
  const id = (what: string) => (order === '' ? '' : `${shop} ${order} ${what}`)
  const made = event({
    ...base,
    timeMs: said.state === 'void' ? (said.cancelledMs ?? timeMs) : timeMs,
    order,
    ...(said.state === 'bought'
      ? { name: 'purchase', id: id('purchase'), value: total }
      : { name: said.state === 'open' ? 'order_placed' : 'order_cancelled', id: id(said.state) }),
  })
  const events = [made]
  const refunds = said.refunds.filter(({ value }) => value !== 0)
  for (const [n, refund] of refunds.entries()) {
    events.push(
      event({
        ...base,
        timeMs: refund.timeMs ?? timeMs,
        name: 'refund',
        id: id(n === 0 ? 'refund' : `refund ${n + 1}`),
        value: -Math.abs(refund.value),
        order,
      }),
    )
  }
  if (said.cancelledMs !== null && said.state !== 'void') {
    const cancelled = { ...base, timeMs: said.cancelledMs, order }
    events.push(event({ ...cancelled, name: 'order_cancelled', id: id('cancelled') }))
  }
  return events
}

/** Rows of one order stand one after the other; the first carries the order, each a line of it. */
export function byOrder(
  orderOf: (row: ExportRow) => string,
  lineOf: (row: ExportRow) => Readonly<Record<string, string>>,
  eventsOf: (
    row: ExportRow,
    lines: readonly object[],
    when: Parameters<typeof instantOf>[1],
  ) => readonly Unfolded[],
): KnownExport['unfold'] {
  return (when) => {
    let held: { readonly row: Record<string, string>; readonly lines: object[] } | null = null
    const give = () => {
      const done = held === null ? [] : eventsOf(held.row, held.lines, when)
      held = null
      return done
    }
    return {
      holds: true,
      take(row) {
        const order = orderOf(row)
        const same = held !== null && order !== '' && orderOf(held.row) === order
        const before = same ? [] : give()
        held ??= { row: {}, lines: [] }
        // What a later row leaves empty stays.
        for (const [column, text] of Object.entries(row)) held.row[column] ??= text
        const line = lineOf(row)
        if (Object.keys(line).length > 0) held.lines.push(line)
        return before
      },
      end: give,
    }
  }
}
