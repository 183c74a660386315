import type { Definition } from '@parcurs/analytics'
import { dayText } from './number-text.ts'

/** The period a definition says it is of, in days of its zone. */
export function periodLine({ parameters, timeZone }: Definition): string {
  const period: unknown = parameters['period']
  if (typeof period !== 'object' || period === null) return 'all time'
  const fromMs: unknown = Reflect.get(period, 'fromMs')
  const toMs: unknown = Reflect.get(period, 'toMs')
  if (typeof fromMs !== 'number' || typeof toMs !== 'number') return 'all time'
  return `${dayText(fromMs, timeZone)} to ${dayText(toMs - 1, timeZone)} (${timeZone})`
}
