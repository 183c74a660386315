import { UTC } from '@parcurs/domain'
import { expect, test } from 'vitest'
import type { QuestionContext } from '../asking/question-kind.ts'
import { sql } from '../sql.ts'
import { FOLDED, kindsNamed } from '../testing/compiled-line.ts'
import type { SessionsQuestion } from './session.ts'
import { sessionsKind } from './session-kind.ts'

// SPEC.md [SE8].

const context: QuestionContext = {
  reading: FOLDED,
  workspace: { timeZone: 'UTC', weekStart: 'monday', currency: 'EUR', simulated: false },
  zone: UTC,
  nowMs: 0,
  kinds: kindsNamed('view'),
  touchpoints: new Map(),
  maps: new Map(),
  segment: () => null,
  listed: () => sql`SELECT 1 WHERE false`,
  threads: 1,
}

test.each<[string, Partial<SessionsQuestion>]>([
  ['splitMidnight', { splitMidnight: 'utc' }],
  ['splitMidnight', { splitMidnight: 'workspace' }],
  ['maxMs', { maxMs: 3_600_000 }],
  ['gapMs', { gapMs: 60_000 }],
])('[SE8] %s cannot act beside sessionProperty and is refused by name', (place, change) => {
  const question: SessionsQuestion = { kind: 'sessions', sessionProperty: 'call', ...change }
  expect(sessionsKind.plan(question, context)).toMatchObject({ place })
})

test('[SE8] each of them alone is taken', () => {
  for (const change of [{ maxMs: 3_600_000 }, { gapMs: 60_000 }, { sessionProperty: 'call' }]) {
    expect(sessionsKind.plan({ kind: 'sessions', ...change }, context)).not.toHaveProperty('place')
  }
})
