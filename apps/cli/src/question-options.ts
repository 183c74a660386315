import type { PeriodAsked } from '@parcurs/analytics'
import type { Command } from 'commander'
import { CommandProblem } from './command-problem.ts'

/** What every command that asks takes. */
export interface AskSettings {
  readonly workspace?: string
  readonly json?: boolean
  readonly from?: string
  readonly to?: string
  readonly last?: string
  /** Name or id. */
  readonly segment?: string
  /** Of the sentence that says the segment. */
  readonly lang?: string
}

export function addAskOptions(command: Command): Command {
  return command
    .option('--from <date>', 'first day that counts, 2026-01-31; else that of the first event')
    .option('--to <date>', 'last day that counts; today when only --from is given')
    .option('--last <days>', 'the last days, today included: 30d, 12w')
    .option('--segment <segment>', 'only customers in this saved segment, by name or id')
    .option('--lang <language>', "of sentences: en, ro, ru, el, zh (default: the terminal's)")
    .option('--workspace <slug>', 'where several are')
    .option('--json', 'print the answer itself')
}

const DATE = /^\d{4}-\d{2}-\d{2}$/

/** null: all time. */
export function periodAsked({ from, to, last }: AskSettings, nowMs: number): PeriodAsked | null {
  if (last !== undefined) {
    if (from !== undefined || to !== undefined) {
      throw new CommandProblem('--last goes without --from and --to')
    }
    return { lastDays: daysOf(last) }
  }
  if (from === undefined && to === undefined) return null
  for (const [option, date] of [
    ['--from', from],
    ['--to', to],
  ] as const) {
    if (date !== undefined && !isDate(date)) {
      throw new CommandProblem(`${option} is '${date}': expected a date such as 2026-01-31`)
    }
  }
  if (from !== undefined && to !== undefined && from > to) {
    throw new CommandProblem(`--from is '${from}': expected a date not after --to, '${to}'`)
  }
  // A day ahead of the date in UTC reaches today in every zone.
  const today = new Date(nowMs + 86_400_000).toISOString().slice(0, 10)
  // Without a first day it is the day of the first event, which the data say (event-span.ts).
  return { from: from ?? to ?? today, to: to ?? today }
}

function isDate(text: string): boolean {
  return (
    DATE.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString().startsWith(text)
  )
}

function daysOf(last: string): number {
  const parts = /^(\d{1,4})(d|w)$/.exec(last)
  const days = Number(parts?.[1]) * (parts?.[2] === 'w' ? 7 : 1)
  if (parts === null || days < 1 || days > 3660) {
    throw new CommandProblem(`--last is '${last}': expected days or weeks, 1d to 3660d`)
  }
  return days
}

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
}

/** `90s`, `30m`, `24h`, `14d`, `2w` in milliseconds. */
export function spanAsked(option: string, text: string): number {
  const parts = /^(\d{1,9})(s|min|m|h|d|w)$/.exec(text)
  const ms = Number(parts?.[1]) * (UNIT_MS[parts?.[2] ?? ''] ?? Number.NaN)
  if (Number.isNaN(ms) || ms <= 0) {
    throw new CommandProblem(`${option} is '${text}': expected a time such as 90s, 30m, 24h, 14d`)
  }
  return ms
}

export function numberAsked(option: string, text: string, least: number, most: number): number {
  const n = Number(text)
  if (!/^\d+$/.test(text) || n < least || n > most) {
    throw new CommandProblem(
      `${option} is '${text}': expected a whole number from ${least} to ${most}`,
    )
  }
  return n
}

export function listAsked(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** An ISO date or instant; without a zone it is UTC. */
export function instantAsked(option: string, text: string): number {
  const zoned = /[zZ]|[+-]\d{2}:?\d{2}$/.test(text) || !text.includes('T') ? text : `${text}Z`
  const ms = Date.parse(zoned)
  if (!Number.isNaN(ms) && DATE.test(text.slice(0, 10))) return ms
  throw new CommandProblem(
    `${option} is '${text}': expected an instant such as 2026-01-31 or 2026-01-31T12:00:00Z`,
  )
}
