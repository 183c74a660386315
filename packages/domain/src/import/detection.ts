import { detectExport, readAs } from '../known-export/detect-export.ts'
import type { ExportKind } from '../known-export/known-exports.ts'
import { moneyProduct, nameRank, plainName } from './column-names.ts'
import { holdsPages, namesEvents } from './event-columns.ts'
import type { DetectionProblem, FoundColumn, UnusedColumn } from './found-column.ts'
import { fillShare, identityColumns } from './identity-columns.ts'
import {
  type ImportOptions,
  type Mapping,
  COLUMN_ROLES,
  type ColumnRole,
  sourceSaid,
} from './import-options.ts'
import { moneyColumn } from './money-text.ts'
import { isOneOrder } from './order-column.ts'
import type { DecimalMark } from './number-text.ts'
import { type ColumnSample, columnSamples, examplesOf, type Sample } from './sample.ts'
import { findTimeFormat } from './time-format.ts'
import { joined, readTime, saysZone, type TimeFormat } from './time-text.ts'
import { UTC, zoneNamed } from './zone.ts'

export interface Detection {
  readonly columns: readonly string[]
  /** The known export that it is read as; null: a table. */
  readonly export: ExportKind | null
  readonly found: readonly FoundColumn[]
  /** Null while there are problems. */
  readonly mapping: Mapping | null
  readonly problems: readonly DetectionProblem[]
  /** Columns whose names say a role and that were not taken. */
  readonly unused: readonly UnusedColumn[]
  /** Times say no zone of their own and the user named none: they are read in the default zone. */
  readonly zoneAssumed: boolean
  /** Some times of the sample say no zone of their own. */
  readonly zoneless: boolean
}

/**
 * Decides what each column is: by what the user said, else by names and by the sample's content.
 *
 * @param defaultZone IANA zone of times that do not say theirs, unless the user says one
 */
export function detect(sample: Sample, options: ImportOptions, defaultZone = 'UTC'): Detection {
  const kind = readAs(sample, options)
  if (kind !== null) return detectExport(kind, sample, options, defaultZone)
  const search = new Search(columnSamples(sample), options, defaultZone)
  search.run()
  const { found, problems, unused } = search
  return {
    columns: sample.columns,
    export: null,
    found,
    problems,
    unused,
    mapping: problems.length === 0 ? search.mapping() : null,
    zoneAssumed: options.tz === undefined && search.zoneless,
    zoneless: search.zoneless,
  }
}

const OPTION: Readonly<Record<ColumnRole, ColumnRole>> = {
  customer: 'customer',
  anonymous: 'anonymous',
  time: 'time',
  clock: 'clock',
  event: 'event',
  value: 'value',
  id: 'id',
  channel: 'channel',
  url: 'url',
  currency: 'currency',
  order: 'order',
}

class Search {
  readonly found: FoundColumn[] = []
  readonly problems: DetectionProblem[] = []
  readonly unused: UnusedColumn[] = []
  zoneless = false
  readonly #columns: readonly ColumnSample[]
  readonly #options: ImportOptions
  readonly #defaultZone: string
  #timeFormat: TimeFormat = 'iso'
  #decimal: DecimalMark = null

  constructor(columns: readonly ColumnSample[], options: ImportOptions, defaultZone: string) {
    this.#defaultZone = defaultZone
    this.#columns = columns
    this.#options = options
  }

  run(): void {
    if (this.#columns.every((column) => column.texts.length === 0)) {
      this.problems.push({ code: 'no-rows' })
    }
    if (this.#options.tz !== undefined && zoneNamed(this.#options.tz) === null) {
      this.problems.push({ code: 'zone-unknown', asked: this.#options.tz })
    }
    if (this.#options.event !== undefined && this.#options.eventName !== undefined) {
      this.problems.push({ code: 'event-twice' })
    }
    this.#time()
    this.#customer()
    this.#minor('anonymous', () => false)
    this.#value()
    this.#event()
    this.#minor('channel', (column) => column.distinct <= 200)
    this.#minor('url', holdsPages)
    this.#currency()
    this.#id()
    this.#order()
    this.found.sort((a, b) => COLUMN_ROLES.indexOf(a.role) - COLUMN_ROLES.indexOf(b.role))
  }

  mapping(): Mapping {
    const column = (role: ColumnRole) => this.#filling(role)?.columns[0] ?? null
    return {
      export: null,
      customer: column('customer') ?? '',
      anonymous: column('anonymous'),
      time: column('time') ?? '',
      clock: column('clock'),
      timeFormat: this.#timeFormat,
      zone: this.#options.tz ?? this.#defaultZone,
      event: column('event'),
      eventName: this.#filling('event')?.text ?? '',
      value: this.#filling('value')?.columns ?? [],
      decimal: this.#decimal,
      id: column('id'),
      channel: column('channel'),
      url: column('url'),
      currency: column('currency'),
      currencyCode: this.#filling('currency')?.text ?? '',
      order: column('order'),
      ...(this.#options.anyId === true ? { anyId: true } : {}),
      ...sourceSaid(this.#options),
    }
  }

  #filling(role: ColumnRole): FoundColumn | undefined {
    return this.found.find((found) => found.role === role)
  }

  #isTaken(name: string): boolean {
    return this.found.some((found) => found.columns.includes(name))
  }

  /** The column the user named for a role; null: named none, or one that is not there (a problem). */
  #given(role: ColumnRole): ColumnSample | null {
    const asked = this.#options[OPTION[role]]
    if (asked === undefined || asked === '') return null
    const column = this.#named(asked)
    if (column === null) this.problems.push({ code: 'column-unknown', role, asked })
    return column
  }

  /** By the exact name, else by the only one that differs in spelling. */
  #named(asked: string): ColumnSample | null {
    const exact = this.#columns.find(({ name }) => name === asked)
    if (exact !== undefined) return exact
    const alike = this.#columns.filter(({ name }) => plainName(name) === plainName(asked))
    return alike.length === 1 ? (alike[0] ?? null) : null
  }

  #isAsked(role: ColumnRole): boolean {
    return this.#options[OPTION[role]] !== undefined
  }

  /** Free columns whose name says the role, best name first. */
  #candidates(role: ColumnRole): readonly ColumnSample[] {
    return this.#columns
      .map((column) => ({ column, rank: nameRank(column.name, role) }))
      .filter(({ column, rank }) => rank !== null && !this.#isTaken(column.name))
      .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
      .map(({ column }) => column)
  }

  #take(
    role: ColumnRole,
    column: ColumnSample,
    why: Pick<FoundColumn, 'confidence' | 'reason'>,
  ): void {
    const examples = examplesOf(column)
    this.found.push({ role, columns: [column.name], text: null, examples, ...why })
  }

  #time(): void {
    if (this.#isAsked('time')) {
      const column = this.#given('time')
      if (column !== null) this.#takeTime(column, GIVEN)
      return
    }
    const named = this.#fullestTime(this.#candidates('time'), 0.5, true)
    if (named !== null) return this.#takeTime(named, SURE)
    // Not all: a file that nobody prepared has a few times that are none.
    const unnamed = this.#fullestTime(this.#columns, 0.8, false)
    if (unnamed !== null) {
      const share = findTimeFormat(unnamed.filled)?.share ?? 0
      return this.#takeTime(unnamed, { confidence: 'likely', reason: { kind: 'content', share } })
    }
    if (this.#columns.some((column) => column.texts.length > 0)) {
      this.problems.push({ code: 'time-not-found' })
    }
  }

  /** The fullest of the columns that can be read; of those as full as it, one that says the time of day. */
  #fullestTime(columns: readonly ColumnSample[], least: number, called: boolean) {
    const readable = columns.flatMap((column) => {
      const found = findTimeFormat(column.filled, called)
      if (found === null || found.share < least) return []
      const full = found.share * fillShare(column)
      return [{ column, full, exact: saysTimeOfDay(column, found.format) }]
    })
    const most = Math.max(...readable.map(({ full }) => full), 0)
    const full = readable.filter((one) => one.full >= most * 0.9)
    return (full.find(({ exact }) => exact) ?? full[0])?.column ?? null
  }

  /** A date and its time of day stand in two columns. */
  #clock(date: ColumnSample): ColumnSample {
    if (this.#options.clock === '') return date
    const asked = this.#isAsked('clock')
    const clock = asked
      ? this.#given('clock')
      : (this.#candidates('clock').find(
          ({ filled }) => filled.length > 0 && filled.every((text) => CLOCK.test(text)),
        ) ?? null)
    if (clock === null) return date
    this.#take('clock', clock, asked ? GIVEN : SURE)
    const texts = date.texts.map((text, row) => joined(text, clock.texts[row] ?? ''))
    return { ...date, texts, filled: texts.filter((text) => text !== '') }
  }

  #takeTime(column: ColumnSample, why: Pick<FoundColumn, 'confidence' | 'reason'>): void {
    this.#take('time', column, why)
    const called = why.confidence !== 'likely'
    const alone = findTimeFormat(column.filled, called)
    const dateOnly = alone === null || !saysTimeOfDay(column, alone.format)
    const whole = dateOnly || this.#isAsked('clock') ? this.#clock(column) : column
    this.#settleTime(whole, called)
  }

  #settleTime(column: ColumnSample, called: boolean): void {
    const format = findTimeFormat(column.filled, called)
    const chosen = this.#options.timeFormat ?? format?.format ?? null
    if (chosen === null) {
      if (column.filled.length === 0) return
      const examples = examplesOf(column)
      this.problems.push({ code: 'time-not-readable', column: column.name, examples })
      return
    }
    if (this.#options.timeFormat === undefined && format?.rival != null) {
      this.problems.push({
        code: 'time-ambiguous',
        column: column.name,
        example: column.filled[0] ?? '',
        formats: [format.format, format.rival],
      })
    }
    this.#timeFormat = chosen
    this.zoneless = column.filled.some(
      (text) => readTime(text, chosen, UTC) !== null && !saysZone(text, chosen),
    )
  }

  #customer(): void {
    if (this.#isAsked('customer')) {
      const column = this.#given('customer')
      if (column !== null) this.#take('customer', column, GIVEN)
      return
    }
    const candidates = this.#candidates('customer')
    const ids = identityColumns(candidates)
    if (ids !== null) {
      const fuller = candidates.find(({ filled }) => filled.length > 0) !== ids.user
      this.#take(
        'customer',
        ids.user,
        fuller ? { confidence: 'likely', reason: { kind: 'fuller' } } : SURE,
      )
      if (ids.anonymous !== null && !this.#isAsked('anonymous')) {
        this.#take('anonymous', ids.anonymous, SURE)
      }
      return
    }
    const repeating = this.#columns.find(
      (column) =>
        !this.#isTaken(column.name) &&
        plainName(column.name).endsWith('id') &&
        nameRank(column.name, 'id') === null &&
        column.filled.length > 0 &&
        column.distinct < column.filled.length,
    )
    if (repeating !== undefined) return this.#take('customer', repeating, GUESS)
    if (this.#columns.some((column) => column.texts.length > 0)) {
      this.problems.push({ code: 'customer-not-found' })
    }
  }

  #value(): void {
    const asked = this.#options.value
    if (asked === '') return
    if (asked !== undefined) return this.#givenValue(asked)
    const numeric = (column: ColumnSample) => column.filled.length > 0 && isNumeric(column)
    const named = this.#candidates('value').find(numeric)
    const whole = named !== undefined && !plainName(named.name).endsWith('price')
    const product = moneyProduct(this.#columns.map(({ name }) => name))
    const factors = product?.map((name) => this.#named(name)) ?? []
    if (!whole && factors.length === 2 && factors.every((column) => column && numeric(column))) {
      return this.#takeValue(factors, { confidence: 'sure', reason: { kind: 'product' } })
    }
    if (named !== undefined) return this.#takeValue([named], SURE)
    // Money is never dropped without a word.
    for (const { name } of this.#candidates('value').filter(({ filled }) => filled.length > 0)) {
      this.unused.push({ role: 'value', column: name, why: 'not-amounts' })
    }
  }

  #givenValue(asked: string): void {
    const whole = this.#named(asked)
    const names = whole === null ? asked.split('*').map((name) => name.trim()) : [asked]
    const columns = names.slice(0, 2).map((name) => this.#named(name))
    const unknown = columns.indexOf(null)
    if (unknown !== -1 || names.length > 2) {
      const wrong = names[unknown === -1 ? 2 : unknown] ?? asked
      this.problems.push({ code: 'column-unknown', role: 'value', asked: wrong })
      return
    }
    for (const column of columns) {
      if (column !== null && column.filled.length > 0 && !isNumeric(column, 0.5)) {
        const examples = examplesOf(column)
        this.problems.push({ code: 'value-not-numeric', column: column.name, examples })
      }
    }
    this.#takeValue(columns, GIVEN)
  }

  #takeValue(
    columns: readonly (ColumnSample | null)[],
    why: Pick<FoundColumn, 'confidence' | 'reason'>,
  ): void {
    const taken = columns.filter((column) => column !== null)
    this.#settleDecimal(taken)
    const examples = taken.length === 1 && taken[0] !== undefined ? examplesOf(taken[0]) : []
    const names = taken.map(({ name }) => name)
    this.found.push({ role: 'value', columns: names, text: null, examples, ...why })
  }

  #settleDecimal(columns: readonly ColumnSample[]): void {
    const { mark, example } = moneyColumn(columns.flatMap(({ filled }) => filled))
    const asked = this.#options.decimal
    this.#decimal = asked ?? (mark === 'undecidable' ? null : mark)
    const [column] = columns
    if (asked !== undefined || mark !== 'undecidable' || column === undefined) return
    this.problems.push({ code: 'value-ambiguous', column: column.name, example: example ?? '' })
  }

  #event(): void {
    const name = this.#options.eventName
    if (name !== undefined) return this.#oneEvent(name, GIVEN)
    if (this.#isAsked('event')) {
      const column = this.#given('event')
      if (column !== null) this.#take('event', column, GIVEN)
      return
    }
    const named = this.#candidates('event').find((column) => namesEvents(column, isNumeric(column)))
    if (named !== undefined) return this.#take('event', named, SURE)
    const pages = this.#candidates('url').some(holdsPages)
    if (pages && this.#filling('value') === undefined) {
      return this.#oneEvent('page_view', { confidence: 'likely', reason: { kind: 'pages' } })
    }
    const money = this.#filling('value') !== undefined
    this.#oneEvent(
      money ? 'purchase' : 'event',
      money ? { confidence: 'likely', reason: { kind: 'money' } } : GUESS,
    )
  }

  #oneEvent(text: string, why: Pick<FoundColumn, 'confidence' | 'reason'>): void {
    this.found.push({ role: 'event', columns: [], text, examples: [], ...why })
  }

  /** The same id is the same event, unless the rows that share it differ: then it is the id of something else. */
  #id(): void {
    this.#minor('id', (column) => {
      if (!this.#sharedByOthers(column)) return true
      this.unused.push({ role: 'id', column: column.name, why: 'not-unique' })
      return false
    })
  }

  #sharedByOthers(id: ColumnSample): boolean {
    const first = new Map<string, number>()
    let same = 0
    let other = 0
    for (const [row, text] of id.texts.entries()) {
      if (text === '') continue
      const before = first.get(text)
      if (before === undefined) first.set(text, row)
      else if (this.#columns.every(({ texts }) => texts[row] === texts[before])) same++
      else other++
    }
    return other > same
  }

  /** A column, or the code of all rows. */
  #currency(): void {
    const asked = this.#options.currency?.trim()
    if (asked !== undefined && this.#named(asked) === null && CODE.test(asked)) {
      const text = asked.toUpperCase()
      this.found.push({ role: 'currency', columns: [], text, examples: [], ...GIVEN })
      return
    }
    this.#minor('currency', ({ filled }) => filled.every((text) => CODE.test(text)))
  }

  /** An order's money counts once: rows that are its lines would lose theirs. */
  #order(): void {
    const money = this.#filling('value')?.columns.map((name) => this.#named(name)) ?? []
    const event = this.#filling('event')?.columns[0]
    const named = event === undefined ? null : this.#named(event)
    const amounts = money.filter((column) => column !== null)
    this.#minor('order', (column) => {
      if (isOneOrder(column, amounts, named)) return true
      this.unused.push({ role: 'order', column: column.name, why: 'order-lines' })
      return false
    })
  }

  #minor(role: ColumnRole, fits: (column: ColumnSample) => boolean): void {
    if (this.#isAsked(role)) {
      const column = this.#given(role)
      if (column !== null) this.#take(role, column, GIVEN)
      return
    }
    const named = this.#candidates(role).find((column) => column.filled.length > 0 && fits(column))
    if (named !== undefined) this.#take(role, named, SURE)
  }
}

/** `9:05`, `14.30`, `0930`, `2:05 PM`, and a spreadsheet's part of a day. */
const CLOCK =
  /^(T?\d{1,2}[:.h]\d{2}([:.]\d{2}([.,]\d+)?)?\s*\D{0,6}|\d{3,4}|\d{6}|0?[.,]\d+|.*[T ]\d{1,2}:\d{2}.*)$/i
const CODE = /^[A-Za-z]{3}$/

/** Whether some of its times are not the beginning of a day. */
function saysTimeOfDay({ filled }: ColumnSample, format: TimeFormat): boolean {
  if (format.startsWith('epoch')) return true
  return filled.some((text) => {
    const ms = readTime(text, format, UTC)
    return ms !== null && ms % 86_400_000 !== 0
  })
}

const GIVEN = { confidence: 'given', reason: { kind: 'given' } } as const
const SURE = { confidence: 'sure', reason: { kind: 'name' } } as const
const GUESS = { confidence: 'guess', reason: { kind: 'nothing-better' } } as const

function isNumeric({ filled }: ColumnSample, least = 0.9): boolean {
  const { share } = moneyColumn(filled)
  return share > 0 && share >= least
}
