import { moneyProduct, nameRank, plainName } from './column-names.ts'
import type { DetectionProblem, FoundColumn } from './found-column.ts'
import {
  type ImportOptions,
  type Mapping,
  COLUMN_ROLES,
  type ColumnRole,
} from './import-options.ts'
import { moneyColumn } from './money-text.ts'
import type { DecimalMark } from './number-text.ts'
import { type ColumnSample, columnSamples, examplesOf, type Sample } from './sample.ts'
import { findTimeFormat } from './time-format.ts'
import { readTime, saysZone, type TimeFormat } from './time-text.ts'
import { UTC, zoneNamed } from './zone.ts'

export interface Detection {
  readonly columns: readonly string[]
  readonly found: readonly FoundColumn[]
  /** Null while there are problems. */
  readonly mapping: Mapping | null
  readonly problems: readonly DetectionProblem[]
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
  const search = new Search(columnSamples(sample), options, defaultZone)
  search.run()
  const { found, problems } = search
  return {
    columns: sample.columns,
    found,
    problems,
    mapping: problems.length === 0 ? search.mapping() : null,
    zoneAssumed: options.tz === undefined && search.zoneless,
    zoneless: search.zoneless,
  }
}

const OPTION: Readonly<Record<ColumnRole, keyof ImportOptions>> = {
  customer: 'customer',
  time: 'time',
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
    this.#value()
    this.#event()
    this.#minor('channel', (column) => column.distinct <= 200)
    this.#minor('url', (column) => column.filled.some((text) => /^(https?:\/\/|\/)/.test(text)))
    this.#minor('currency', (column) => column.filled.every((text) => /^[A-Za-z]{3}$/.test(text)))
    // An id that repeats is an order's on each of its lines, not the event's own: as a message id or an
    // order id it would make the lines count once.
    const unique = ({ distinct, filled }: ColumnSample) => distinct === filled.length
    this.#minor('id', (column) => unique(column) && column.filled.length === column.texts.length)
    this.#minor('order', unique)
    this.found.sort((a, b) => COLUMN_ROLES.indexOf(a.role) - COLUMN_ROLES.indexOf(b.role))
  }

  mapping(): Mapping {
    const column = (role: ColumnRole) => this.#filling(role)?.columns[0] ?? null
    return {
      customer: column('customer') ?? '',
      time: column('time') ?? '',
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
      order: column('order'),
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
    const readable = (column: ColumnSample, least: number, called = false) =>
      (findTimeFormat(column.filled, called)?.share ?? 0) >= least
    const named = this.#candidates('time').find((column) => readable(column, 0.5, true))
    if (named !== undefined) return this.#takeTime(named, SURE)
    // Not all: a file that nobody prepared has a few times that are none.
    const unnamed = this.#columns.find((column) => readable(column, 0.8))
    if (unnamed !== undefined) {
      const share = findTimeFormat(unnamed.filled)?.share ?? 0
      return this.#takeTime(unnamed, { confidence: 'likely', reason: { kind: 'content', share } })
    }
    if (this.#columns.some((column) => column.texts.length > 0)) {
      this.problems.push({ code: 'time-not-found' })
    }
  }

  #takeTime(column: ColumnSample, why: Pick<FoundColumn, 'confidence' | 'reason'>): void {
    this.#take('time', column, why)
    const format = findTimeFormat(column.filled, why.confidence !== 'likely')
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
    const filled = (column: ColumnSample) => column.filled.length > 0
    const named = this.#candidates('customer').find(filled)
    if (named !== undefined) return this.#take('customer', named, SURE)
    const repeating = this.#columns.find(
      (column) =>
        !this.#isTaken(column.name) &&
        plainName(column.name).endsWith('id') &&
        nameRank(column.name, 'id') === null &&
        filled(column) &&
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
    if (named !== undefined) this.#takeValue([named], SURE)
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
    const named = this.#candidates('event').find(
      (column) =>
        column.filled.length > 0 &&
        // Names of people or articles are not names of events, nor are prices.
        (column.distinct <= 200 || column.distinct < column.filled.length / 2) &&
        !isNumeric(column),
    )
    if (named !== undefined) return this.#take('event', named, SURE)
    const money = this.#filling('value') !== undefined
    this.#oneEvent(
      money ? 'purchase' : 'event',
      money ? { confidence: 'likely', reason: { kind: 'money' } } : GUESS,
    )
  }

  #oneEvent(text: string, why: Pick<FoundColumn, 'confidence' | 'reason'>): void {
    this.found.push({ role: 'event', columns: [], text, examples: [], ...why })
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

const GIVEN = { confidence: 'given', reason: { kind: 'given' } } as const
const SURE = { confidence: 'sure', reason: { kind: 'name' } } as const
const GUESS = { confidence: 'guess', reason: { kind: 'nothing-better' } } as const

function isNumeric({ filled }: ColumnSample, least = 0.9): boolean {
  const { share } = moneyColumn(filled)
  return share > 0 && share >= least
}
