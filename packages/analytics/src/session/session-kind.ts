import { UTC } from '@parcurs/domain'
import { eventsAsked, narrowing, sampleOf } from '../asking/events-asked.ts'
import {
  definitionOf,
  noMaps,
  segmentOf,
  type Planned,
  type QuestionContext,
  type QuestionKind,
  touchpointRule,
} from '../asking/question-kind.ts'
import { countOf, type Reads, rowsOf } from '../asking/read.ts'
import { held } from '../at.ts'
import { midnights } from '@parcurs/domain'
import { shopNames } from '../metric/shop-events.ts'
import { matcherLabel } from '../selection/matching.ts'
import { isMisfit, type Misfit } from '../selection/misfit.ts'
import { type Selection, selectedShape } from '../selection/selection.ts'
import { selectionQueries } from '../selection/selection-queries.ts'
import type { SessionsAnswer, SessionsQuestion } from './session.ts'
import type { SessionsCounted } from './session-counting.ts'
import { aroundPeriod, SESSION_GAP_MS, type SessionRules } from './session-kernel.ts'
import { foregroundMs, sessionCode, sessionValue } from './session-plan.ts'
import { foregroundQuery, type ReportedRow, type SpanRow, spanQuery } from './session-query.ts'

export interface SessionsFound {
  /** A row if some event reports foreground time: without one the journeys alone can answer. */
  readonly reported: readonly ReportedRow[]
  /** When the first and the last event ever happened: midnights between them cut. */
  readonly span: readonly SpanRow[]
  readonly counted: SessionsCounted
}

export interface SessionsPlan extends Planned {
  readonly question: SessionsQuestion
  readonly every: Selection
  readonly bounce: SessionRules['bounce']
  readonly split: 'no' | 'workspace' | 'utc'
}

export const sessionsKind: QuestionKind<
  SessionsQuestion,
  SessionsPlan,
  SessionsFound,
  SessionsAnswer
> = { mapsOf: noMaps, segmentOf, plan, reads, shape }

/** Where sessions are the values of a property, nothing else cuts them. */
function idleOption(question: SessionsQuestion): Misfit | null {
  if (question.sessionProperty === undefined) return null
  const expected = 'left out together with sessionProperty: its values alone are the sessions'
  const { splitMidnight, maxMs, gapMs } = question
  if (splitMidnight !== undefined && splitMidnight !== 'no') {
    return { place: 'splitMidnight', value: splitMidnight, expected }
  }
  if (maxMs !== undefined) return { place: 'maxMs', value: maxMs, expected }
  return gapMs === undefined ? null : { place: 'gapMs', value: gapMs, expected }
}

function plan(question: SessionsQuestion, context: QuestionContext): SessionsPlan | Misfit {
  const narrowed = narrowing(question, context)
  if (isMisfit(narrowed)) return narrowed
  const { period } = narrowed
  if ((question.startEvent === undefined) !== (question.endEvent === undefined)) {
    const missing = question.startEvent === undefined ? 'startEvent' : 'endEvent'
    return { place: missing, value: null, expected: 'startEvent and endEvent together' }
  }
  const idle = idleOption(question)
  if (idle !== null) return idle
  const code = sessionCode(question, context.kinds, touchpointRule(context))
  if (isMisfit(code)) return code
  return {
    question,
    period,
    settledMs: null,
    every: {
      ...eventsAsked(question, period, context),
      code,
      period: period === null ? null : aroundPeriod(period),
    },
    bounce: question.bounce ?? 'engaged',
    split: question.splitMidnight ?? 'no',
  }
}

function reads(
  { question, period, every, bounce, split }: SessionsPlan,
  found: Partial<SessionsFound>,
  context: QuestionContext,
): Reads<SessionsFound> {
  const before: Reads<SessionsFound> = {
    ...(bounce === 'engaged' ? { reported: rowsOf(foregroundQuery(context, every)) } : {}),
    ...(split === 'no' ? {} : { span: rowsOf(spanQuery(context)) }),
  }
  const missing =
    ('reported' in before && found.reported === undefined) ||
    ('span' in before && found.span === undefined)
  if (missing) return before
  const foreground = reportsForeground(found)
  const selection: Selection = {
    ...every,
    columns: [
      ...(foreground ? [foregroundMs()] : []),
      ...(question.sessionProperty === undefined ? [] : [sessionValue(question.sessionProperty)]),
    ],
  }
  const counting = {
    kind: 'sessions' as const,
    shape: selectedShape(selection),
    rules: {
      ...rulesOf(question, split === 'no' ? null : midnightsOf(split, found, context)),
      begun: period,
    },
    foreground,
    list: question.list === true,
  }
  return { counted: countOf(counting, selectionQueries(context, selection)) }
}

function shape(
  { question, period, bounce, split }: SessionsPlan,
  found: Partial<SessionsFound>,
  context: QuestionContext,
): SessionsAnswer {
  const counted = held(found.counted, 'counted sessions')
  const parameters = {
    period,
    gapMs: question.gapMs ?? SESSION_GAP_MS,
    splitMidnight: split,
    maxMs: question.maxMs ?? null,
    sessionProperty: question.sessionProperty ?? null,
    startEvent: question.startEvent === undefined ? null : matcherLabel(question.startEvent),
    endEvent: question.endEvent === undefined ? null : matcherLabel(question.endEvent),
    bounce,
    keyEvents: question.keyEvents ?? [{ event: shopNames(context.kinds, 'purchase') }],
    foregroundReported: reportsForeground(found),
    segment: question.segment ?? null,
    where: question.where ?? [],
    unit: question.unit ?? null,
    sample: question.sample ?? 1,
  }
  const sample = sampleOf('sessions', counted.sessions, question)
  return {
    version: 1,
    definition: definitionOf('sessions', parameters, sample, context),
    ...counted,
  }
}

function reportsForeground({ reported }: Pick<Partial<SessionsFound>, 'reported'>): boolean {
  return reported !== undefined && reported.length > 0
}

function rulesOf(
  question: SessionsQuestion,
  cuts: Float64Array | null,
): Omit<SessionRules, 'begun'> {
  const bounded = question.startEvent !== undefined
  return {
    // Between its start and its end event a session may pause.
    gapMs: bounded ? (question.gapMs ?? null) : (question.gapMs ?? SESSION_GAP_MS),
    midnights: cuts,
    maxMs: question.maxMs ?? null,
    byValue: question.sessionProperty !== undefined,
    bounded,
    bounce: question.bounce ?? 'engaged',
  }
}

function midnightsOf(
  split: 'workspace' | 'utc',
  found: Partial<SessionsFound>,
  { zone }: QuestionContext,
): Float64Array {
  const [span] = held(found.span, 'span of the events')
  if (span === undefined || span.n === '0') return new Float64Array()
  return midnights(Number(span.first), Number(span.last), split === 'utc' ? UTC : zone)
}
