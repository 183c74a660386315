import type { Sample } from '../import/sample.ts'
import { AMPLITUDE, KISSMETRICS, POSTHOG } from './analytics-tools.ts'
import { GA4 } from './ga4.ts'
import { JIRA } from './jira.ts'
import { MAILCHIMP } from './mailchimp.ts'
import { MATOMO } from './matomo.ts'
import { MIXPANEL } from './mixpanel.ts'
import { PIPEDRIVE } from './pipedrive.ts'
import { CALLS, CRM, MAILING, TICKETS } from './relations.ts'
import { SEGMENT } from './segment.ts'
import { ECWID, SHOPIFY, STRIPE, WOOCOMMERCE } from './shops.ts'
import { SNOWPLOW } from './snowplow.ts'
import type { ExportRow, KnownExport } from './unfolded.ts'

export const EXPORT_KINDS = [
  'ga4',
  'mixpanel',
  'amplitude',
  'segment',
  'kissmetrics',
  'snowplow',
  'matomo',
  'posthog',
  'shopify',
  'woocommerce',
  'ecwid',
  'stripe',
  'pipedrive',
  'crm',
  'jira',
  'tickets',
  'calls',
  'mailchimp',
  'mailing',
] as const

export type ExportKind = (typeof EXPORT_KINDS)[number]

/** By kind, in the order in which a shape is tried: the narrower before the wider. */
export const KNOWN_EXPORTS: Readonly<Record<ExportKind, KnownExport>> = {
  ga4: GA4,
  mixpanel: MIXPANEL,
  amplitude: AMPLITUDE,
  segment: SEGMENT,
  kissmetrics: KISSMETRICS,
  snowplow: SNOWPLOW,
  matomo: MATOMO,
  posthog: POSTHOG,
  shopify: SHOPIFY,
  woocommerce: WOOCOMMERCE,
  ecwid: ECWID,
  stripe: STRIPE,
  pipedrive: PIPEDRIVE,
  crm: CRM,
  jira: JIRA,
  tickets: TICKETS,
  calls: CALLS,
  mailchimp: MAILCHIMP,
  mailing: MAILING,
}

/** What `--as` may say: a kind, or that the file is a table like any other. */
export const READ_AS = ['table', ...EXPORT_KINDS] as const

/** The kind whose shape a file has; null: none that is known. */
export function exportKindOf({ columns, rows }: Sample): ExportKind | null {
  if (rows.length === 0) return null
  const names = new Set(columns)
  const some = rows.slice(0, 200).map((row) => exportRowOf(columns, row))
  return EXPORT_KINDS.find((kind) => KNOWN_EXPORTS[kind].recognises(names, some)) ?? null
}

/** A row by its columns; what is empty is left out. */
export function exportRowOf(columns: readonly string[], texts: readonly string[]): ExportRow {
  const row: Record<string, string> = {}
  columns.forEach((name, i) => {
    const text = texts[i] ?? ''
    if (text !== '') row[name] = text
  })
  return row
}
