/** What stands beside an amount for its currency; where several use it, all of them. */
const SIGNS: readonly (readonly [signs: string, codes: string])[] = [
  ['$', 'USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU JMD TTD BSD BBD BZD FJD NAD BND GYD'],
  ['us$|u$s|us dollar|us dollars', 'USD'],
  ['dollar|dollars|доллар|доллара|долларов|долл|dolari|δολάρια', 'USD CAD AUD NZD SGD HKD'],
  ['美元', 'USD'],
  ['c$|ca$|can$', 'CAD'],
  ['a$|au$', 'AUD'],
  ['nz$', 'NZD'],
  ['s$', 'SGD'],
  ['hk$|港元|港币', 'HKD'],
  ['nt$|新台币|新臺幣', 'TWD'],
  ['mx$|mex$', 'MXN'],
  ['r$', 'BRL'],
  ['€|euro|euros|eur.|евро|ευρώ|ευρω|欧元', 'EUR'],
  ['£|pound|pounds|фунт|фунтов|英镑', 'GBP'],
  ['lei|leu', 'RON MDL'],
  ['₽|руб|рубль|рубля|рублей|rub', 'RUB'],
  ['р', 'RUB BYN'],
  ['元|圆|块|人民币|rmb|cn¥|cny¥', 'CNY'],
  ['¥', 'CNY JPY'],
  ['jp¥|円|日元|yen', 'JPY'],
  ['fr|sfr|fr.', 'CHF'],
  ['kr', 'SEK NOK DKK ISK'],
  ['zł|zl', 'PLN'],
  ['kč|kc', 'CZK'],
  ['ft', 'HUF'],
  ['лв|lv', 'BGN'],
  ['дин|din', 'RSD MKD'],
  ['₴|грн|гривен', 'UAH'],
  ['₸|тг|тенге', 'KZT'],
  ['₺|tl', 'TRY'],
  ['₪', 'ILS'],
  ['₹', 'INR'],
  ['rs', 'INR PKR LKR NPR MUR'],
  ['₩', 'KRW'],
  ['₫', 'VND'],
  ['฿', 'THB'],
  ['₱', 'PHP'],
  ['₦', 'NGN'],
  ['gh₵|₵', 'GHS'],
  ['ksh', 'KES'],
  ['rp', 'IDR'],
  ['rm', 'MYR'],
  ['r', 'ZAR'],
  ['₾', 'GEL'],
  ['֏', 'AMD'],
]

const CODES_OF: ReadonlyMap<string, readonly string[]> = new Map(
  SIGNS.flatMap(([signs, codes]) => signs.split('|').map((sign) => [sign, codes.split(' ')])),
)

const ISO_CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/**
 * The currencies that a text beside an amount may mean: `€`, `lei`, `руб.`, `US$`, `eur`, `$ CAD`.
 * @returns none where nothing is said; null: it means no currency, or two different ones
 */
export function currenciesOf(text: string): readonly string[] | null {
  const said = text.trim().toLowerCase()
  if (said === '') return []
  const whole = oneOf(said)
  if (whole !== null) return whole
  const parts = said.split(/\s+/).map(oneOf)
  if (parts.length !== 2) return null
  const [first, second] = parts
  if (first == null || second == null) return null
  const both = first.filter((code) => second.includes(code))
  return both.length === 0 ? null : both
}

function oneOf(said: string): readonly string[] | null {
  const known = CODES_OF.get(said) ?? CODES_OF.get(said.replace(/\.$/, ''))
  if (known !== undefined) return known
  const code = said.toUpperCase()
  return ISO_CODES.has(code) ? [code] : null
}
