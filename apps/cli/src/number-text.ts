/** Numbers as people read them in a terminal. "—" where nobody is counted. */
const NONE = '—'

export function countText(n: number | null): string {
  return n === null ? NONE : n.toLocaleString('en-US')
}

const PLURALS = new Intl.PluralRules('en-US')

/** `1 customer`, `2 customers`. */
export function countOf(n: number, one: string, other = `${one}s`): string {
  return `${countText(n)} ${pluralOf(n, one, other)}`
}

export function pluralOf(n: number, one: string, other = `${one}s`): string {
  return PLURALS.select(n) === 'one' ? one : other
}

/** With a sensible number of digits: 43 %, 4.3 %, 0.08 %. */
export function shareText(share: number | null): string {
  if (share === null) return NONE
  const percent = share * 100
  const digits = percent === 0 || percent >= 99.95 ? 0 : percent >= 10 ? 1 : percent >= 1 ? 1 : 2
  return `${percent.toFixed(digits)} %`
}

export function moneyText(amount: number | null, currency: string): string {
  if (amount === null) return NONE
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    maximumFractionDigits: Math.abs(amount) >= 1000 ? 0 : 2,
  }).format(amount)
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** The two largest units that count: 2 d 4 h, 3 min 5 s, 0.4 s. */
export function durationText(ms: number | null): string {
  if (ms === null) return NONE
  if (ms < 1000) return `${(ms / 1000).toFixed(ms === 0 ? 0 : 1)} s`
  const at = UNITS.findIndex(([, unitMs]) => ms >= unitMs)
  const [unit, unitMs] = UNITS[at] ?? UNITS[3]
  const whole = Math.floor(ms / unitMs)
  const next = UNITS[at + 1]
  const rest = next === undefined ? 0 : Math.floor((ms % unitMs) / next[1])
  return rest === 0 || next === undefined
    ? `${whole} ${unit}`
    : `${whole} ${unit} ${rest} ${next[0]}`
}

export function dayText(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(ms)
}
