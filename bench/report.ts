import { readFileSync, writeFileSync } from 'node:fs'
import type { Machine } from './machine.ts'

/** One line of the table. */
export interface Figure {
  /** Which part of the benchmark, as a heading. */
  readonly part: string
  readonly what: string
  readonly value: string
  /** What was aimed at; null: only reported. */
  readonly target: string | null
  /** null: nothing was aimed at. */
  readonly met: boolean | null
}

export interface Results {
  readonly date: string
  readonly quick: boolean
  readonly machine: Machine
  readonly figures: readonly Figure[]
  /** Parts that could not run, with the reason. */
  readonly skipped: readonly string[]
}

export function ratio(
  part: string,
  what: string,
  ms: number,
  otherMs: number,
  atMost: number,
): Figure {
  const held = ms / otherMs
  return {
    part,
    what,
    value: `${held.toFixed(2)}× (${millis(ms)} to ${millis(otherMs)})`,
    target: `≤ ${atMost}×`,
    met: held <= atMost,
  }
}

export function plain(part: string, what: string, value: string): Figure {
  return { part, what, value, target: null, met: null }
}

export function millis(ms: number): string {
  return ms >= 10_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`
}

export function perSecond(count: number, ms: number): string {
  return `${Math.round(count / (ms / 1000)).toLocaleString('en-US')}/s`
}

export function table(results: Results): string {
  const { machine, figures, skipped } = results
  const rows = figures.map(({ part, what, value, target, met }) => [
    part,
    what,
    value,
    target ?? '',
    met === null ? '' : met ? 'met' : '**missed**',
  ])
  const lines = [['part', 'what', 'result', 'target', ''], ['-', '-', '-', '-', '-'], ...rows]
  return [
    `${results.date}${results.quick ? ', quick (small sizes: not the figures to quote)' : ''}. ` +
      `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.platform}, Node ${machine.node}; ` +
      `load when it began ${machine.load}. Memory copies at ${machine.copyGbPerSecond} GB/s on one thread.`,
    '',
    ...lines.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...skipped.map((reason) => `- skipped: ${reason}`),
  ].join('\n')
}

/** Keeps the last result, as people read it and as programs do. */
export function keep(results: Results, folder: URL): void {
  const head = readFileSync(new URL('head.md', folder), 'utf8')
  writeFileSync(new URL('results.md', folder), `${head}\n${table(results)}\n`)
  writeFileSync(new URL('results.json', folder), `${JSON.stringify(results, null, 2)}\n`)
}
