import {
  countedAs,
  foregroundMs,
  hasForeground,
  isMisfit,
  midnights,
  type Misfit,
  matcherLabel,
  selectedEvents,
  type Selection,
  compile,
  SESSION_GAP_MS,
  sessionCode,
  type SessionRules,
  type SessionsAnswer,
  type SessionsQuestion,
  sessionValue,
  SHOP_EVENTS,
  sql,
} from '@parcurs/analytics'
import { UTC } from '@parcurs/domain'
import { type Asking, eventsAsked, periodOf } from './asking.ts'

export async function askSessions(
  question: SessionsQuestion,
  asking: Asking,
): Promise<SessionsAnswer | Misfit> {
  const resolved = periodOf(question.period, asking)
  if (isMisfit(resolved)) return resolved
  const { period } = resolved
  if ((question.startEvent === undefined) !== (question.endEvent === undefined)) {
    const missing = question.startEvent === undefined ? 'startEvent' : 'endEvent'
    return { place: missing, value: null, expected: 'startEvent and endEvent together' }
  }
  const code = sessionCode(question, asking.kinds, asking.touchpointRule)
  if (isMisfit(code)) return code
  const bounce = question.bounce ?? 'engaged'
  const every: Selection = { ...eventsAsked(question, period, asking), code }
  const foreground = bounce === 'engaged' && (await reportsForeground(asking, every))
  const columns = [
    ...(foreground ? [foregroundMs()] : []),
    ...(question.sessionProperty === undefined ? [] : [sessionValue(question.sessionProperty)]),
  ]
  const rules = await sessionRules(question, asking)
  const list = question.list === true
  const counted = countedAs(
    await asking.count({ ...every, columns }, (shape) => ({
      kind: 'sessions',
      shape,
      rules,
      foreground,
      list,
    })),
    'sessions',
  )
  return {
    version: 1,
    definition: {
      key: 'sessions',
      parameters: {
        period,
        gapMs: question.gapMs ?? SESSION_GAP_MS,
        splitMidnight: question.splitMidnight ?? 'no',
        maxMs: question.maxMs ?? null,
        sessionProperty: question.sessionProperty ?? null,
        startEvent: question.startEvent === undefined ? null : matcherLabel(question.startEvent),
        endEvent: question.endEvent === undefined ? null : matcherLabel(question.endEvent),
        bounce,
        keyEvents: question.keyEvents ?? [{ event: SHOP_EVENTS.purchase }],
        foregroundReported: foreground,
        segment: question.segment ?? null,
        where: question.where ?? [],
        unit: question.unit ?? null,
      },
      timeZone: asking.workspace.timeZone,
      nowMs: asking.nowMs,
      sample: { unit: 'sessions', n: counted.sessions },
    },
    ...counted,
  }
}

/** Without any such event the journeys alone can answer. */
export async function reportsForeground(asking: Asking, selection: Selection): Promise<boolean> {
  const events = selectedEvents(
    asking.reading,
    asking.kinds,
    { ...selection, code: { as: 'expression', sql: sql`1` }, columns: [] },
    sql`${hasForeground()} AS reported`,
  )
  const rows = await asking.rows(compile(sql`SELECT 1 FROM (${events}) WHERE reported LIMIT 1`))
  return rows.length > 0
}

async function sessionRules(question: SessionsQuestion, asking: Asking): Promise<SessionRules> {
  const split = question.splitMidnight ?? 'no'
  const bounded = question.startEvent !== undefined
  return {
    // Between its start and its end event a session may pause.
    gapMs: bounded ? (question.gapMs ?? null) : (question.gapMs ?? SESSION_GAP_MS),
    midnights: split === 'no' ? null : await midnightsOf(asking, split),
    maxMs: question.maxMs ?? null,
    byValue: question.sessionProperty !== undefined,
    bounded,
    bounce: question.bounce ?? 'engaged',
  }
}

async function midnightsOf(asking: Asking, split: 'workspace' | 'utc'): Promise<Float64Array> {
  const every = selectedEvents(
    asking.reading,
    asking.kinds,
    { ...eventsAsked({}, null, asking), code: { as: 'expression', sql: sql`1` } },
    sql`toUnixTimestamp64Milli(time) AS at`,
  )
  const [span] = await asking.rows<{ first: string; last: string; n: string }>(
    compile(sql`SELECT min(at) AS first, max(at) AS last, count() AS n FROM (${every})`),
  )
  if (span === undefined || span.n === '0') return new Float64Array()
  return midnights(Number(span.first), Number(span.last), split === 'utc' ? UTC : asking.zone)
}
