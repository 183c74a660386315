import { gzipSync } from 'node:zlib'
import type { Encoding } from '@parcurs/domain'
import fc from 'fast-check'
import { encodedText } from './encoded-text.ts'

// Tables of events as programs and people write them, with what they mean.

export interface WrittenEvent {
  readonly customer: string
  /** Epoch milliseconds, whole minutes. */
  readonly timeMs: number
  readonly event: string
  /** null: none. */
  readonly cents: number | null
  readonly note: string
}

interface Tongue {
  readonly encodings: readonly Encoding[]
  /** Names of the columns: who, when, the time of day, what, money, a text. */
  readonly heads: readonly [string, string, string, string, string, string]
  readonly customers: readonly string[]
  readonly events: readonly string[]
  readonly notes: readonly string[]
  /** As dates write them, from January. */
  readonly months: readonly string[]
}

const UNICODE: readonly Encoding[] = ['utf-8', 'utf-16le', 'utf-16be']

export const TONGUES = {
  en: {
    encodings: [...UNICODE, 'windows-1252'],
    heads: ['customer_id', 'date', 'time', 'event', 'amount', 'note'],
    customers: [
      'ann',
      'O’Neill, Jr.',
      '00123',
      'NIL',
      'a|b',
      'o"k',
      'x; y',
      '12345678901234567890',
    ],
    events: ['view item', 'buy, now', 'click "x"', 'two\nlines', 'sign-up'],
    notes: ['', 'fine', 'a café, “quoted”', '=1+1', ' blanks ', 'semi;colon', 'tab\there', '#1'],
    months: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
  },
  de: {
    encodings: [...UNICODE, 'windows-1252'],
    heads: ['user', 'date', 'time', 'event', 'amount', 'Bemerkung'],
    customers: ['Jürgen Müller', 'Größe & Söhne', 'Weiß, Karl', 'anna'],
    events: ['Kauf', 'Ansicht geöffnet', 'Rückgabe geprüft'],
    notes: ['für später', 'schöne Grüße', 'Straße "West"', ''],
    months: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
  },
  ro: {
    encodings: [...UNICODE, 'windows-1250'],
    heads: ['Client ID', 'Data', 'Ora', 'Acțiune', 'Sumă', 'Observații'],
    customers: ['Ștefan Ionescu', 'Ana-Maria Țăranu', 'Ilinca Pârvu', 'Gheorghiță, SRL'],
    events: ['Vizită magazin', 'Cumpărare', 'Adăugat în coș'],
    notes: ['mulțumim pentru răbdare', 'fără observații', 'să sune înapoi', ''],
    months:
      'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie'.split(
        ' ',
      ),
  },
  ru: {
    encodings: [...UNICODE, 'windows-1251'],
    heads: ['Пользователь', 'Дата', 'Время', 'Действие', 'Сумма', 'Примечание'],
    customers: ['Анна Петрова', 'Иван Сидоров', 'ООО «Ромашка»', 'Ольга; склад'],
    events: ['просмотр товара', 'покупка', 'добавление в корзину'],
    notes: ['спасибо за заказ', 'перезвонить завтра', 'без замечаний', ''],
    months:
      'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(
        ' ',
      ),
  },
  el: {
    encodings: [...UNICODE, 'windows-1253'],
    heads: ['Πελάτης', 'Ημερομηνία', 'Ώρα', 'Ενέργεια', 'Ποσό', 'Σημείωση'],
    customers: ['Ελένη Παπαδοπούλου', 'Γιώργος Νικολάου', 'Μαρία, Αθήνα', 'Κώστας'],
    events: ['προβολή προϊόντος', 'αγορά', 'προσθήκη στο καλάθι'],
    notes: ['ευχαριστούμε πολύ', 'χωρίς παρατηρήσεις', 'να καλέσουμε αύριο', ''],
    months:
      'Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου'.split(
        ' ',
      ),
  },
  zh: {
    encodings: [...UNICODE, 'gb18030'],
    heads: ['用户ID', '日期', '时刻', '事件', '金额', '备注'],
    customers: ['李雷', '韩梅梅', '王小明，北京', '会员00123'],
    events: ['浏览商品', '购买', '加入购物车'],
    notes: ['谢谢您的订单', '明天再打电话', '没有问题', ''],
    months: '一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月'.split(' '),
  },
} as const satisfies Readonly<Record<string, Tongue>>

const iso = (ms: number) => new Date(ms).toISOString()
const two = (n: number) => String(n).padStart(2, '0')
const dayOf = (ms: number) => new Date(ms).getUTCDate()
const monthOf = (ms: number) => new Date(ms).getUTCMonth()
const yearOf = (ms: number) => new Date(ms).getUTCFullYear()
const clock = (ms: number) => iso(ms).slice(11, 16)
const twelve = (ms: number) => {
  const hour = new Date(ms).getUTCHours()
  return `${hour % 12 === 0 ? 12 : hour % 12}:${iso(ms).slice(14, 16)} ${hour < 12 ? 'AM' : 'PM'}`
}

/** A date, and a time of day that may stand in a column of its own; null: they are one text. */
type WrittenDate = (
  ms: number,
  months: readonly string[],
) => { readonly date: string; readonly clock: string | null; readonly gap?: string }

export const DATES = {
  iso: (ms) => ({ date: iso(ms).slice(0, 10), clock: clock(ms) }),
  zoned: (ms) => ({ date: iso(ms), clock: null }),
  offset: (ms) => ({ date: `${iso(ms + 10_800_000).slice(0, 19)}+03:00`, clock: null }),
  compact: (ms) => ({ date: iso(ms).slice(0, 16).replace(/[-:]/g, ''), clock: null }),
  dotted: (ms) => ({
    date: `${two(dayOf(ms))}.${two(monthOf(ms) + 1)}.${yearOf(ms)}`,
    clock: clock(ms),
  }),
  slashed: (ms) => ({ date: `${dayOf(ms)}/${monthOf(ms) + 1}/${yearOf(ms)}`, clock: clock(ms) }),
  american: (ms) => ({ date: `${monthOf(ms) + 1}/${dayOf(ms)}/${yearOf(ms)}`, clock: twelve(ms) }),
  yearFirst: (ms) => ({ date: `${yearOf(ms)}/${monthOf(ms) + 1}/${dayOf(ms)}`, clock: clock(ms) }),
  named: (ms, months) => ({
    date: `${dayOf(ms)} ${months[monthOf(ms)]} ${yearOf(ms)}`,
    clock: clock(ms),
  }),
  hanzi: (ms) => ({ date: `${yearOf(ms)}年${monthOf(ms) + 1}月${dayOf(ms)}日`, clock: clock(ms) }),
  seconds: (ms) => ({ date: String(ms / 1000), clock: null }),
  millis: (ms) => ({ date: String(ms), clock: null }),
  micros: (ms) => ({ date: `${ms}000`, clock: null }),
  serial: (ms) => ({ date: String(25_569 + ms / 86_400_000), clock: null }),
} as const satisfies Readonly<Record<string, WrittenDate>>

const whole = (cents: number, mark: string) =>
  String(Math.trunc(Math.abs(cents) / 100)).replace(/\B(?=(\d{3})+$)/g, mark)
const rest = (cents: number) => two(Math.abs(cents) % 100)
const sign = (cents: number) => (cents < 0 ? '-' : '')
const plain = (cents: number) => `${sign(cents)}${whole(cents, '')}.${rest(cents)}`

interface WrittenMoney {
  readonly text: (cents: number) => string
  /** The one currency that it says; '': none, or one of several. */
  readonly currency: string
}

export const MONEY = {
  point: { text: plain, currency: '' },
  comma: { text: (cents) => plain(cents).replace('.', ','), currency: '' },
  english: { text: (cents) => `${sign(cents)}${whole(cents, ',')}.${rest(cents)}`, currency: '' },
  german: {
    text: (cents) => `${sign(cents)}${whole(cents, '.')},${rest(cents)} €`,
    currency: 'EUR',
  },
  french: {
    text: (cents) => `${sign(cents)}${whole(cents, '\u00a0')},${rest(cents)}`,
    currency: '',
  },
  swiss: { text: (cents) => `${sign(cents)}${whole(cents, "'")}.${rest(cents)}`, currency: '' },
  dollars: { text: (cents) => `${sign(cents)}$${whole(cents, ',')}.${rest(cents)}`, currency: '' },
  coded: {
    text: (cents) => `RON ${sign(cents)}${whole(cents, '.')},${rest(cents)}`,
    currency: 'RON',
  },
  lei: {
    text: (cents) => `${sign(cents)}${whole(cents, '.')},${rest(cents)} lei`,
    // Of two countries.
    currency: '',
  },
  short: { text: (cents) => String(cents / 100), currency: '' },
} as const satisfies Readonly<Record<string, WrittenMoney>>

const keyOf = <T extends object>(table: T) =>
  fc.constantFrom(...Object.keys(table)) as fc.Arbitrary<keyof T & string>

/** How a table is written. */
export interface Dialect {
  readonly delimiter: string
  readonly encoding: Encoding
  readonly mark: boolean
  readonly quoting: 'all' | 'needed' | 'texts'
  readonly newline: string
  readonly above: 'nothing' | 'sep' | 'title' | 'comment'
  readonly rowsEndSo: boolean
  readonly blankLines: boolean
  readonly lastEnd: boolean
  readonly gzip: boolean
  readonly date: keyof typeof DATES
  /** Date and time of day are columns of their own. */
  readonly parted: boolean
  readonly money: keyof typeof MONEY
  /** The order of the columns. */
  readonly order: readonly number[]
}

export interface WrittenTable {
  readonly tongue: keyof typeof TONGUES
  readonly events: readonly WrittenEvent[]
  readonly dialect: Dialect
}

const anyTable: fc.Arbitrary<WrittenTable> = keyOf(TONGUES).chain((tongue) => {
  const { encodings, customers, events, notes } = TONGUES[tongue]
  const event = fc.record({
    customer: fc.constantFrom<string>(...customers),
    timeMs: fc
      .integer({ min: 0, max: 360 * 1440 })
      .map((minutes) => Date.UTC(2026, 0, 1) + minutes * 60_000),
    event: fc.constantFrom<string>(...events),
    cents: fc.option(fc.integer({ min: -500_000, max: 9_000_000 }), { freq: 6 }),
    note: fc.constantFrom<string>(...notes),
  })
  return fc.record({
    tongue: fc.constant(tongue),
    events: fc.array(event, { minLength: 3, maxLength: 30 }),
    dialect: fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      encoding: fc.constantFrom<Encoding>(...encodings),
      mark: fc.boolean(),
      quoting: fc.constantFrom('all', 'needed', 'texts'),
      newline: fc.constantFrom('\n', '\r\n', '\r'),
      above: fc.constantFrom('nothing', 'sep', 'title', 'comment'),
      rowsEndSo: fc.boolean(),
      blankLines: fc.boolean(),
      lastEnd: fc.boolean(),
      gzip: fc.boolean(),
      date: keyOf(DATES),
      parted: fc.boolean(),
      money: keyOf(MONEY),
      order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
    }),
  })
})

/** Dates with 年 are in no file of windows-1251. */
export const writtenTable: fc.Arbitrary<WrittenTable> = anyTable.filter((table) => {
  try {
    bytesOf(table)
    return true
  } catch {
    return false
  }
})

/** The names of the columns, in their order. */
export function headsOf({ tongue, dialect }: WrittenTable): readonly string[] {
  const { heads } = TONGUES[tongue]
  return columnsOf(dialect).map((column) => heads[column] ?? '')
}

function columnsOf({ order, date, parted }: Dialect): readonly number[] {
  const apart = parted && DATES[date](0, TONGUES.en.months).clock !== null
  return apart ? order : order.filter((column) => column !== 2)
}

/** The bytes of the file. @throws when the encoding lacks a letter of it */
export function bytesOf(table: WrittenTable): Buffer {
  const { tongue, events, dialect } = table
  const { delimiter, newline, quoting } = dialect
  const columns = columnsOf(dialect)
  const quoted = (text: string, isText: boolean) =>
    quoting === 'all' ||
    (quoting === 'texts' && isText) ||
    /["\r\n]/.test(text) ||
    text.includes(delimiter)
      ? `"${text.replaceAll('"', '""')}"`
      : text
  const rows = events.map((one) => {
    const { date, clock } = DATES[dialect.date](one.timeMs, TONGUES[tongue].months)
    const together = clock === null || columns.includes(2) ? date : `${date} ${clock}`
    const money = one.cents === null ? '' : MONEY[dialect.money].text(one.cents)
    const cells = [one.customer, together, clock ?? '', one.event, money, one.note]
    return columns.map((column) => quoted(cells[column] ?? '', [0, 3, 5].includes(column)))
  })
  const head = headsOf(table).map((name) => quoted(name, true))
  const end = dialect.rowsEndSo ? delimiter : ''
  const lines = [head, ...rows].map((cells) => cells.join(delimiter) + end)
  const above = {
    nothing: [],
    sep: [`sep=${delimiter}`],
    title: ['Report 2026', ''],
    comment: ['# exported by hand', '# two lines'],
  }[dialect.above]
  const spaced = dialect.blankLines
    ? lines.flatMap((line, i) => (i === 2 ? [line, ''] : [line]))
    : lines
  const text = [...above, ...spaced].join(newline) + (dialect.lastEnd ? newline : '')
  const wide = dialect.encoding.startsWith('utf-16')
  const marked = (dialect.mark || wide) && dialect.encoding.startsWith('utf')
  const bytes = encodedText(
    asWritten(`${marked ? '\ufeff' : ''}${text}`, dialect.encoding),
    dialect.encoding,
  )
  return dialect.gzip ? gzipSync(bytes) : bytes
}

/** In windows-1250 ș and ț are written with cedillas: no code page of that time had the others. */
export function asWritten(text: string, encoding: Encoding): string {
  if (encoding !== 'windows-1250') return text
  const old: Readonly<Record<string, string>> = { ș: 'ş', ț: 'ţ', Ș: 'Ş', Ț: 'Ţ' }
  return text.replace(/[șțȘȚ]/g, (letter) => old[letter] ?? letter)
}
