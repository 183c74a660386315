import { expect, test } from 'vitest'
import { lookLines, type Look, outcomeLines, progressLine, size, type View } from './import-text.ts'

// SPEC.md [IM19]: what the terminal says of an import.

const look: Look = {
  file: {
    format: 'csv',
    gzip: true,
    encoding: 'utf-8',
    encodingTold: 'content',
    skippedLines: 0,
    delimiter: ';',
    header: true,
    document: null,
  },
  export: null,
  columns: ['who', 'when', 'n', 'p'],
  unused: [],
  found: [
    {
      role: 'customer',
      columns: ['who'],
      text: null,
      confidence: 'sure',
      reason: { kind: 'name' },
      examples: ['ann', 'bob'],
    },
    {
      role: 'time',
      columns: ['when'],
      text: null,
      confidence: 'given',
      reason: { kind: 'given' },
      examples: ['2026-01-01'],
    },
    {
      role: 'event',
      columns: [],
      text: 'purchase',
      confidence: 'likely',
      reason: { kind: 'money' },
      examples: [],
    },
    {
      role: 'value',
      columns: ['n', 'p'],
      text: null,
      confidence: 'sure',
      reason: { kind: 'product' },
      examples: [],
    },
  ],
  timeFormat: 'iso',
  zone: 'UTC',
  zoneAssumed: true,
  problems: [],
  again: null,
  sample: {
    rows: 1,
    rejected: 0,
    rejects: [],
    examples: [{ customer: 'ann', timeMs: 0, event: 'purchase', value: 2.5 }],
  },
}

const view: View = {
  importId: 'im_1',
  name: 'shop.csv',
  sizeBytes: 1000,
  state: 'done',
  dryRun: false,
  rejectsFormat: 'csv',
  createdMs: 0,
  progress: {
    bytesRead: 500,
    rows: 1200,
    stored: 1000,
    repeated: 150,
    stated: 0,
    collided: 0,
    replaced: 0,
    rejected: 50,
    rejectsByCode: { 'no-customer': 50 },
    otherMoney: [{ currency: 'RON', events: 2, amount: 2300.5 }],
    currency: 'EUR',
    startedMs: 1000,
    endedMs: 3000,
    rate: 600,
  },
  rejects: [{ line: 3, code: 'no-customer', detail: 'who is empty', text: '' }],
  collisions: [],
  problem: null,
}

test('[IM19] says what was detected and why', () => {
  expect(lookLines(look)).toEqual([
    'CSV, by semicolon, gzipped',
    'customer  who                    by its name  e.g. ann, bob',
    'time      when                   as you said; iso; without a zone, read as UTC (--tz)  e.g. 2026-01-01',
    "event     'purchase' (all rows)  no column names the event; the rows carry money",
    'value     n × p                  quantity times price',
    '  → 1970-01-01T00:00:00.000Z  ann  purchase  2.5',
  ])
})

test('[IM19] says how far it is, at which rate', () => {
  expect(progressLine(view)).toBe('50 %  1,200 rows, 600 rows/s')
})

test('[IM19] says what became of the file', () => {
  expect(outcomeLines(view)).toEqual([
    '1,000 events stored, 150 were there already, 50 of 1,200 rows refused (2.0 s, 600 rows/s)',
    '2 events with 2,300.5 RON in all: kept, but this workspace counts EUR (convert the column, or give the rows a workspace in RON)',
    '  50 no-customer',
    '  line 3: who is empty',
    '  … and 49 more',
  ])
  const again = { ...view, progress: { ...view.progress, stored: 0 } }
  expect(outcomeLines(again)[1]).toContain('these rows are here already')
  expect(outcomeLines({ ...view, dryRun: true })[0]).toContain('dry run, nothing stored: 1,000')
  const problem = { code: 'file-broken', detail: 'the file ends in the middle' }
  expect(outcomeLines({ ...view, state: 'failed', problem }).at(-1)).toBe(
    'failed: the file ends in the middle',
  )
})

test('[IM51] says where both rows of one id stand, and what each says', () => {
  const place = { importId: 'im_0', name: 'old.csv', row: 3 }
  const differs = [
    { what: 'value' as const, name: '', here: '12', there: '15' },
    { what: 'property' as const, name: 'plan', here: 'gold', there: 'silver' },
  ]
  const collided = {
    ...view,
    progress: { ...view.progress, collided: 2, replaced: 1 },
    collisions: [{ line: 7, id: 'e-12', place, differs }],
  }
  expect(outcomeLines(collided).slice(0, 5)).toEqual([
    '1,000 events stored, 150 were there already, 2 with the id of another, 50 of 1,200 rows refused (2.0 s, 600 rows/s)',
    '1 event of the import that was there taken away',
    '2 rows not stored: the id is here already with other content',
    "  line 7: id 'e-12' is that of row 3 of old.csv: value '12', there '15'; plan 'gold', there 'silver'",
    '  … and 1 more',
  ])
})

test('[IM19] numbers and sizes as people read them', () => {
  expect([size(999), size(1500), size(7_618_448), size(3e12)]).toEqual([
    '999 B',
    '1.5 kB',
    '7.6 MB',
    '3.0 TB',
  ])
})
