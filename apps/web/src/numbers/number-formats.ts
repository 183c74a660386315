/** What is shown where nobody is counted or a value does not exist. */
export const NONE = '—'

export interface NumberFormats {
  /** 12,480 */
  readonly count: (value: number | null) => string
  /** A difference of counts: +1,204. */
  readonly signed: (difference: number) => string
  /** A number as it came, its fraction kept. */
  readonly plain: (value: number | null) => string
  /** 12.5K: for narrow places; the exact number stands elsewhere. */
  readonly compactCount: (value: number | null) => string
  /** A share 0–1: 62 %, 4.3 %, 0.08 %. */
  readonly percent: (share: number | null) => string
  /** One more digit than `percent`: where there is room. */
  readonly exactPercent: (share: number | null) => string
  /** A difference of two shares in percentage points, signed. */
  readonly points: (difference: number) => string
  /** A signed relative change: +3.2 %. */
  readonly change: (ratio: number) => string
  readonly money: (amount: number | null) => string
  readonly compactMoney: (amount: number | null) => string
  /** In the event's own currency; to the cent. */
  readonly moneyIn: (amount: number, currency: string) => string
  /** As people say it, the two largest units: 2d 4h. */
  readonly duration: (ms: number | null) => string
  /** On −2…+2, signed, one digit. */
  readonly emotion: (mean: number | null) => string
  /** 3 Nov 2026 */
  readonly date: (ms: number) => string
  /** 3 Nov */
  readonly day: (ms: number) => string
  /** 3 Nov 2026, 14:05 */
  readonly instant: (ms: number) => string
  /** 14:05:09 */
  readonly clock: (ms: number) => string
  /** 24 Oct – 22 Nov 2026; `toMs` exclusive. */
  readonly period: (fromMs: number, toMs: number) => string
  /** "9 days ago" */
  readonly ago: (ms: number, nowMs: number) => string
  readonly bytes: (size: number) => string
  readonly list: (items: readonly string[]) => string
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/** Everything by `Intl`, in one language, currency and time zone. */
export function numberFormats(language: string, currency: string, timeZone: string): NumberFormats {
  const number = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(language, options)
    return (value: number | null) => (value === null ? NONE : format.format(value))
  }
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone, ...options })
  const whole = number({ style: 'percent', maximumFractionDigits: 0 })
  const tenth = number({ style: 'percent', maximumFractionDigits: 1 })
  const small = number({ style: 'percent', maximumSignificantDigits: 2 })
  const compactMoney = number({
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumSignificantDigits: 3,
  })
  const wholeMoney = number({
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  })
  const date = dates({ day: 'numeric', month: 'short', year: 'numeric' })
  const units = new Map(
    [...UNITS.map(([unit]) => unit), 'millisecond' as const].map((unit) => [
      unit,
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'narrow' }),
    ]),
  )
  const currencies = new Map<string, (value: number | null) => string>()
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const list = new Intl.ListFormat(language, { type: 'conjunction', style: 'narrow' })
  const day = dates({ day: 'numeric', month: 'short' })
  const instant = dates({ dateStyle: 'medium', timeStyle: 'short' })
  const clock = dates({ timeStyle: 'medium' })

  return {
    count: number({ maximumFractionDigits: 0 }),
    signed: number({ maximumFractionDigits: 0, signDisplay: 'exceptZero' }),
    plain: number({ maximumFractionDigits: 4 }),
    compactCount: number({ notation: 'compact', maximumSignificantDigits: 3 }),
    percent: (share) =>
      share === null || share === 0
        ? whole(share)
        : Math.abs(share) >= 0.0995
          ? whole(share)
          : small(share),
    exactPercent: (share) =>
      share === null || share === 0 || Math.abs(share) >= 0.0995 ? tenth(share) : small(share),
    points: number({ maximumFractionDigits: 1, signDisplay: 'exceptZero' }),
    change: number({ style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }),
    money: (amount) =>
      amount !== null && Math.abs(amount) >= 100_000 ? compactMoney(amount) : wholeMoney(amount),
    compactMoney: (amount) =>
      amount !== null && Math.abs(amount) < 1_000 ? wholeMoney(amount) : compactMoney(amount),
    moneyIn: (amount, own) => {
      const code = /^[A-Z]{3}$/.test(own) ? own : currency
      const known = currencies.get(code)
      const format =
        known ?? number({ style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' })
      if (known === undefined) currencies.set(code, format)
      return format(amount)
    },
    duration: (ms) => {
      if (ms === null) return NONE
      if (ms < 1_000) return units.get('millisecond')?.format(Math.round(ms)) ?? NONE
      const parts = twoLargest(ms)
      return parts.map(([unit, amount]) => units.get(unit)?.format(amount) ?? '').join(' ')
    },
    emotion: number({
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
      signDisplay: 'exceptZero',
    }),
    date: (ms) => date.format(ms),
    day: (ms) => day.format(ms),
    instant: (ms) => instant.format(ms),
    clock: (ms) => clock.format(ms),
    period: (fromMs, toMs) => date.formatRange(fromMs, Math.max(fromMs, toMs - 1)),
    ago: (ms, nowMs) => {
      const [unit, size] = UNITS.find(([, unitMs]) => nowMs - ms >= unitMs) ?? UNITS[3]
      return relative.format(-Math.floor((nowMs - ms) / size), unit)
    },
    bytes: (size) => {
      const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
      const power = Math.min(3, Math.max(0, Math.floor(Math.log10(Math.max(1, size)) / 3)))
      const unit = steps[power] ?? 'byte'
      const format = number({ style: 'unit', unit, maximumFractionDigits: power > 1 ? 1 : 0 })
      return format(size / 1000 ** power)
    },
    list: (items) => list.format(items),
  }
}

/** Rounded to the smaller of the two units, so 59 min 59.9 s is one hour and not 59m 60s. */
function twoLargest(ms: number): readonly (readonly [(typeof UNITS)[number][0], number])[] {
  const at = Math.max(
    0,
    UNITS.findIndex(([, unitMs]) => ms >= unitMs),
  )
  const large = UNITS[at] ?? UNITS[0]
  const next = UNITS[at + 1]
  if (next === undefined) return [[large[0], Math.round(ms / large[1])]]
  const small = Math.round(ms / next[1])
  const perLarge = large[1] / next[1]
  const above = UNITS[at - 1]
  const whole = Math.floor(small / perLarge)
  if (above !== undefined && whole * large[1] >= above[1]) return [[above[0], 1]]
  const rest = small % perLarge
  return rest === 0
    ? [[large[0], whole]]
    : [
        [large[0], whole],
        [next[0], rest],
      ]
}
