import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { lookAt } from './look.ts'

// cases/files: small files in the shape that people's reports describe, each with what is right.

const folder = fileURLToPath(new URL('../../../../cases/files/', import.meta.url))

async function looked(name: string) {
  const file = readdirSync(folder).find((one) => one.startsWith(`${name}.`))
  if (file === undefined) throw new Error(`no case ${name}`)
  const look = await lookAt(
    `${folder}${file}`,
    {},
    { latestMs: Date.UTC(2026, 11, 1), defaultZone: 'UTC', workspaceId: 1 },
  )
  if (!look.ok) throw new Error(look.problem.code)
  const { detection, sample } = look
  const { examples } = sample
  return {
    good: sample.rows - sample.rejected,
    rejected: sample.rejected,
    problems: detection.problems.map(({ code }) => code),
    mapping: detection.mapping,
    times: examples.map(({ timeMs }) =>
      timeMs === null ? null : new Date(timeMs).toISOString().slice(0, 19),
    ),
    values: examples.map(({ value }) => value),
    events: examples.map(({ event }) => event),
  }
}

describe('[IM41] files as people have them', () => {
  test.each([
    ['01-sep-line', { good: 8, rejected: 0 }],
    ['01-sep-line-comma', { good: 3, rejected: 0 }],
    ['02-decimal-comma', { values: [12.5, 1111.11, 1000, -3.61] }],
    ['04-money-symbols', { mapping: { value: ['amount'] }, rejected: 0 }],
    ['06-bom-quoted', { good: 2 }],
    ['07-matomo-utf16', { good: 3, mapping: { customer: 'userId', anonymous: 'visitorId' } }],
    ['08-cp1250-romanian', { events: ['Vânzare în magazin', 'Retur'] }],
    ['08-cp1251-latin-headers', { good: 3, mapping: { event: 'event' } }],
    ['08-cp1251-russian', { good: 4, mapping: { customer: 'Клиент' } }],
    ['10-excel-serial', { good: 4, mapping: { timeFormat: 'excel-serial' } }],
    ['11-twelve-hour-iso', { good: 3 }],
    ['11-twelve-hour', { good: 4 }],
    ['12-date-and-time', { good: 5, mapping: { time: 'Date', clock: 'Time' } }],
    ['12-date-and-time-newest-first', { good: 3, mapping: { clock: 'Time' } }],
    ['13-ambiguous-dates', { problems: ['time-ambiguous'], mapping: null }],
    ['14-month-names', { good: 4 }],
    ['19-header-trailing', { good: 3, rejected: 0 }],
    ['19-trailing-delimiter', { good: 3, rejected: 0 }],
    ['20-one-nul', { good: 60, rejected: 1 }],
    ['27-ga4-bigquery', { good: 8, mapping: { customer: 'user_id', anonymous: 'user_pseudo_id' } }],
    ['28-mixpanel-export', { good: 7, mapping: { export: 'mixpanel' } }],
    ['32-json-array', { good: 2, rejected: 0, events: ['a', 'b'] }],
    ['32-json-wrapped', { good: 2, rejected: 0, events: ['a', 'b'] }],
    ['35-call-log', { good: 4, mapping: { export: 'calls' } }],
    ['49-pm4py-colon-time', { good: 5 }],
    ['50-future-dates', { good: 1, rejected: 2 }],
    ['51-lifecycle', { good: 3, rejected: 0, events: ['Register', 'Decide', 'Register'] }],
    ['54-nan-floats', { good: 3, mapping: { value: ['value'] } }],
    ['56-basic-iso', { good: 4 }],
    ['75-email-case', { good: 4, mapping: { customer: 'email' } }],
    ['76-id-shapes', { good: 7, rejected: 0 }],
    ['77-guest-orders', { good: 1, rejected: 3 }],
    [
      '91-shopify-orders-list',
      { mapping: { export: 'shopify' }, rejected: 0, values: [30, -5, 12.5] },
    ],
    [
      '92-stripe-charges-list',
      { mapping: { export: 'stripe' }, rejected: 0, values: [12.5, -2.5, 900] },
    ],
    [
      '93-snowplow-enriched',
      {
        mapping: { export: 'snowplow' },
        rejected: 0,
        events: ['page_view', 'purchase', 'add-to-cart'],
        values: [null, 19.9, null],
      },
    ],
  ])('%s', async (name, right) => {
    expect(await looked(name)).toMatchObject(right)
  })

  test('12-date-and-time: the clock counts', async () => {
    const { times } = await looked('12-date-and-time')
    expect(times.slice(0, 2)).toEqual(['2026-03-01T09:00:00', '2026-03-01T14:30:00'])
  })
})
