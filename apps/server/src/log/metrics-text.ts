import type { LogStatus } from '@parcurs/contract'

export interface WorkspaceStatus {
  readonly workspace: string
  readonly status: LogStatus
}

interface Metric {
  readonly name: string
  readonly type: 'counter' | 'gauge'
  readonly help: string
  readonly samples: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[]
}

/** In the text format that Prometheus scrapes (version 0.0.4). */
export function metricsText(
  held: readonly WorkspaceStatus[],
  nowMs: number,
  stallSeconds: number,
): string {
  const of = (value: (status: LogStatus) => number) =>
    held.map(({ workspace, status }) => [{ workspace }, value(status)] as const)
  const folded = held.flatMap(({ workspace, status: { fold } }) =>
    fold === null ? [] : [{ labels: { workspace }, fold }],
  )
  const readers = (value: (reader: LogStatus['readers'][number]) => number) =>
    held.flatMap(({ workspace, status }) =>
      status.readers.map((reader) => [{ workspace, reader: reader.name }, value(reader)] as const),
    )
  const metrics: readonly Metric[] = [
    metric(
      'events_total',
      'counter',
      'Events stored.',
      of(({ events }) => events),
    ),
    metric(
      'log_commit',
      'gauge',
      'Number of the last commit.',
      of(({ commit }) => commit),
    ),
    metric(
      'fold_age_seconds',
      'gauge',
      'Time since journeys were folded.',
      folded.map(({ labels, fold }) => [labels, Math.max(0, nowMs - fold.foldedMs) / 1000]),
    ),
    metric(
      'fold_events_beyond',
      'gauge',
      'Events that are not folded yet.',
      folded.map(({ labels, fold }) => [labels, fold.eventsBeyond]),
    ),
    metric(
      'reader_lag_events',
      'gauge',
      'Events that a reader of the log has not read yet.',
      readers(({ behindEvents }) => behindEvents),
    ),
    metric(
      'reader_lag_seconds',
      'gauge',
      'How long the oldest of them has waited.',
      readers(({ behindMs }) => behindMs / 1000),
    ),
    metric(
      'reader_failed_attempts',
      'gauge',
      'How often in a row the work of a reader failed.',
      readers(({ problem }) => problem?.attempts ?? 0),
    ),
    metric(
      'event_loop_stall_seconds',
      'gauge',
      'How long the server was busy with one thing at the longest since this was asked last.',
      [[{}, stallSeconds]],
    ),
  ]
  return metrics.map(textOf).join('')
}

function metric(
  name: string,
  type: Metric['type'],
  help: string,
  samples: Metric['samples'],
): Metric {
  return { name: `parcurs_${name}`, type, help, samples }
}

function textOf({ name, type, help, samples }: Metric): string {
  const lines = samples.map(([labels, value]) => `${name}{${labelsText(labels)}} ${value}`)
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
