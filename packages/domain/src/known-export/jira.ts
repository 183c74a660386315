import { solvedAt } from './solved.ts'
import {
  addressIn,
  event,
  eachRow,
  firstOf,
  hasAll,
  instantOf,
  type KnownExport,
  type Unfolded,
  who,
} from './unfolded.ts'

const REPORTER = [
  'Reporter Email',
  'Reporter Id',
  'Reporter',
  'Creator Id',
  'Creator',
  'fields.reporter.emailAddress',
  'fields.reporter.accountId',
  'fields.reporter.name',
]
const CREATED = ['Created', 'fields.created']
const RESOLVED = ['Resolved', 'fields.resolutiondate']
const STATUS = [
  'Status Category',
  'fields.status.statusCategory.name',
  'Status',
  'fields.status.name',
]
const CHANGED = [
  'Status Category Changed',
  'fields.statuscategorychangedate',
  'Updated',
  'fields.updated',
]

/** Issues of Jira: made, and resolved. */
export const JIRA: KnownExport = {
  kind: 'jira',
  title: 'Jira issues',
  recognises: (columns) =>
    (hasAll(columns, ['Issue key', 'Summary', 'Created']) &&
      REPORTER.some((name) => columns.has(name))) ||
    hasAll(columns, ['key', 'fields.created', 'fields.summary']),
  reads: {
    customer: REPORTER,
    time: [...CREATED, ...RESOLVED, ...CHANGED],
    event: [],
    id: ['Issue key', 'key'],
  },
  unfold: eachRow((row, when): readonly Unfolded[] => {
    const key = firstOf(row, ['Issue key', 'key'])
    const base = { who: who(addressIn(firstOf(row, REPORTER))) }
    const of = (what: string) => (key === '' ? '' : `jira ${key} ${what}`)
    const timeMs = instantOf(firstOf(row, CREATED), when)
    const solved = solvedAt(row, when, { solved: RESOLVED, status: STATUS, changed: CHANGED })
    const made = event({
      ...base,
      timeMs,
      name: 'issue_created',
      id: of('created'),
      properties: row,
    })
    if (solved === null) return [made]
    const properties = { ...row, ...solved.said }
    return [
      made,
      event({
        ...base,
        timeMs: solved.timeMs,
        name: 'issue_resolved',
        id: of('resolved'),
        properties,
      }),
    ]
  }),
}
