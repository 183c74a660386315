import { isRefund } from '../shop-event.ts'
import type { ColumnSample } from './sample.ts'

/**
 * Whether the rows of one order say the same money each time (a page loaded twice, a payment and its refund), so that it
 * counts once; else they are its lines, and each counts.
 *
 * @param money columns whose product is a row's money; none: nothing can be counted twice
 * @param event the column that names the event; null: one name for all
 */
export function isOneOrder(
  order: ColumnSample,
  money: readonly ColumnSample[],
  event: ColumnSample | null,
): boolean {
  if (money.length === 0) return true
  const said = new Map<string, string>()
  return order.texts.every((id, row) => {
    if (id === '' || isRefund(event?.texts[row] ?? '')) return true
    const amounts = money.map(({ texts }) => texts[row] ?? '')
    if (amounts.includes('')) return true
    const text = amounts.join('*')
    const before = said.get(id)
    said.set(id, before ?? text)
    return before === undefined || before === text
  })
}
