import { expect, test } from 'vitest'
import { Problem, UNREACHABLE } from '../api/problem.ts'
import { askedAgainMs } from './asked-again.ts'

test('[UI81] an open map is asked again each minute, but no segment and not what was refused', () => {
  expect(askedAgainMs(null, false)).toBe(60_000)
  expect(askedAgainMs(null, true)).toBe(false)
  expect(askedAgainMs(new Problem(400, 'question-too-slow', ''), false)).toBe(false)
  const away = new Problem(0, UNREACHABLE, '')
  expect(askedAgainMs(away, true)).toBe(askedAgainMs(away, false))
  expect(askedAgainMs(away, true)).toBeLessThan(60_000)
})
