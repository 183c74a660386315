import { decide } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { caseFacts, CASES, CASE_SCOPE, nowOf } from '../testing/segment-cases.ts'

test.each(CASES.cases)('[SE3] in memory: $name', (one) => {
  const { member, untilMs } = decide(one.rule, caseFacts(one), CASE_SCOPE, nowOf(one))
  expect(member).toBe(one.member)
  if (one.until === undefined) return
  expect(untilMs === null ? null : new Date(untilMs).toISOString()).toBe(
    one.until === null ? null : new Date(one.until).toISOString(),
  )
})
