/** A published case: events in, numbers out. The format is described in cases/README.md. */
export interface Vector {
  readonly kind: string
  readonly name: string
  /** Whose arguable rule it is; absent: nobody argues. */
  readonly semantics?: string
  /** UTC instant of second 0; absent: any midnight. */
  readonly epoch?: string
  readonly query: VectorQuery
  readonly events: readonly VectorRow[]
  readonly expect: VectorExpectation
}

export type VectorValue = string | number | boolean

/** `[actor, seconds, event, properties]`, in order of arrival. */
export type VectorEvent = readonly [
  actor: string,
  seconds: number,
  event: string,
  properties?: Readonly<Record<string, VectorValue>>,
]

/** A finished visit, of the kind `bounce`. */
export interface VectorVisit {
  readonly id: number
  readonly pageviews: number
  readonly custom: number
  readonly autocapture: number
  readonly key: number
  readonly foreground_s: number
  readonly duration_s: number
}

export type VectorRow = VectorEvent | VectorVisit

export type VectorCondition =
  | { readonly any: readonly VectorCondition[] }
  | { readonly all: readonly VectorCondition[] }
  | { readonly prop: string; readonly op: string; readonly value?: VectorValue }
  | { readonly actor_prop: string; readonly op: string; readonly value?: VectorValue }

export interface VectorMatcher {
  readonly event: string | null | readonly (string | null)[]
  readonly where?: readonly VectorCondition[]
  readonly optional?: boolean
  readonly first_time?: 'event' | 'with_filters'
}

export type VectorStep = string | null | VectorMatcher

export interface VectorQuery {
  readonly merges?: Readonly<Record<string, string>>
  readonly actors?: Readonly<Record<string, Readonly<Record<string, VectorValue>>>>
  readonly actor_by?: string
  readonly where?: readonly VectorCondition[]
  readonly range_s?: readonly [number, number]
  readonly range_dates?: readonly [string, string]
  readonly timezone?: string
  readonly week_start?: 'sunday' | 'monday'
  readonly steps?: readonly VectorStep[] | number
  readonly window_s?: number | null
  readonly window_from?: 'previous_step' | 'previous_required_step'
  readonly step_windows_s?: readonly (number | null)[]
  readonly order?: string
  readonly strict_scope?: string
  readonly entry?: string
  readonly tie?: string
  readonly grace_s?: number
  readonly count?: string
  readonly hold?: readonly string[]
  readonly unit?: string
  readonly exclusions?: readonly (VectorMatcher & {
    readonly after: number
    readonly before: number
  })[]
  readonly exclusion_effect?: string
  readonly want?: string
  readonly pick?: string
  readonly bins?: 'auto' | number
  readonly from_step?: number
  readonly to_step?: number
  readonly breakdown?: { readonly prop?: string | readonly string[]; readonly actor_prop?: string }
  readonly attribution?: string | { readonly step: number }
  readonly limit?: number
  readonly other?: string
  readonly gap_s?: number
  readonly strip_trailing_slash?: boolean
  readonly group?: readonly string[]
  readonly exclude?: readonly string[]
  readonly start?: string
  readonly end?: string
  readonly edge_limit?: number
  readonly timeout_s?: number
  readonly split_midnight?: boolean
  readonly max_s?: number
  readonly session_by?: string
  readonly start_event?: string
  readonly end_event?: string
  readonly bounce?: string
  readonly target?: VectorStep
  readonly returns?: VectorStep
  readonly type?: string
  readonly mode?: string
  readonly unit_s?: number
  readonly interval?: 'hour' | 'day' | 'week' | 'month'
  readonly intervals?: number
  readonly cohorts?: number
  readonly columns?: number
  readonly min_occurrences?: number
  readonly window?: string
  readonly brackets?: readonly number[]
  readonly agg?: object
}

export interface VectorExpectation {
  readonly reached?: readonly number[]
  readonly avg?: number
  readonly median?: number
  readonly step_avg?: readonly (number | null)[]
  readonly step_median?: readonly (number | null)[]
  readonly bins?: readonly (readonly [number, number])[]
  readonly groups?: readonly VectorGroup[]
  readonly edges?: readonly (readonly [string, string, number, number | null])[]
  readonly nodes?: Readonly<
    Record<string, { readonly reach: number; readonly continue: number; readonly drop: number }>
  >
  readonly durations_s?: readonly number[]
  readonly count?: number
  readonly visitors?: number
  readonly views?: number
  readonly avg_duration_s?: number
  readonly bounce_rate?: number
  readonly ga4?: readonly number[]
  readonly plausible?: readonly number[]
  readonly posthog?: readonly number[]
  readonly amplitude_rybbit_umami?: readonly number[]
  readonly cart_abandonment?: number
  readonly checkout_abandonment?: number
  readonly matrix?: readonly (readonly (number | null)[])[]
  readonly rows?: Readonly<Record<string, readonly (number | null)[]>>
}

export interface VectorGroup {
  readonly value: string | readonly string[]
  readonly reached?: readonly number[]
  readonly step_avg?: readonly (number | null)[]
}

/** @throws Error that names the file when it is not a list of cases */
export function parseVectors(text: string, file: string): readonly Vector[] {
  const parsed: unknown = JSON.parse(text)
  if (!Array.isArray(parsed)) throw new Error(`${file}: expected a list of cases`)
  return parsed.map((each: unknown, i) => {
    if (isVector(each)) return each
    throw new Error(`${file}: case ${i} has no kind, name, query, events or expect`)
  })
}

function isVector(value: unknown): value is Vector {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['kind', 'name', 'query', 'events', 'expect'].every((field) => field in value)
  )
}

export function isVisit(row: VectorRow): row is VectorVisit {
  return !Array.isArray(row)
}
