import type { CallWarning } from '@parcurs/contract'
import type { UnreadMoney } from '@parcurs/domain'
import { cutText } from '../log/stored-text.ts'
import type { ReadCall } from './read-call.ts'

/** So many are told of one request. */
const TOLD = 100

/** What of stored calls is kept and does not count, so that nothing is left out without a word. */
export function callWarnings(
  calls: readonly ReadCall[],
  workspaceCurrency: string,
): readonly CallWarning[] {
  const warnings: CallWarning[] = []
  for (const [index, call] of calls.entries()) {
    if (call.kind !== 'event') continue
    const { unread, event } = call
    if (unread !== null) warnings.push({ index, ...unreadText(unread) })
    const { value, currency } = event
    if (value !== null && value !== 0 && currency !== '' && currency !== workspaceCurrency) {
      const detail = `${value / 10_000} ${currency} is kept but does not count: the workspace counts ${workspaceCurrency}`
      warnings.push({ index, code: 'other-currency', detail })
    }
    if (warnings.length >= TOLD) break
  }
  return warnings
}

function unreadText({ property, text, why }: UnreadMoney): Omit<CallWarning, 'index'> {
  const shown = `${property} is ${JSON.stringify(cutText(text, 80))}`
  switch (why) {
    case 'ambiguous':
      return {
        code: 'money-ambiguous',
        detail: `${shown}, which may be two amounts: send a number`,
      }
    case 'unit':
      return {
        code: 'money-unread',
        detail: `${shown}: expected a number, with no unit but a currency`,
      }
    case 'not-a-number':
    case 'too-large':
      return { code: 'money-unread', detail: `${shown}: expected a number` }
  }
}
