import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isBounce,
  SESSION_BITS,
  type Session,
  type SessionRules,
  sessionsOf,
} from './session-kernel.ts'
import { SESSION_BIT_ORDER } from './session-plan.ts'

const rules = (given: Partial<SessionRules> = {}): SessionRules => ({
  gapMs: 1_800_000,
  midnights: null,
  maxMs: null,
  byValue: false,
  bounded: false,
  bounce: 'engaged',
  begun: null,
  ...given,
})

/** `p0 s60`: p a page view, s a start, e an end, - another event; the number is seconds. */
function durations(
  story: string,
  given: Partial<SessionRules> = {},
  values: number[] | null = null,
) {
  const words = story.split(' ')
  const bits: Readonly<Record<string, number>> = {
    p: SESSION_BITS.page,
    s: SESSION_BITS.start,
    e: SESSION_BITS.end,
  }
  const sessions = sessionsOf(
    {
      times: Float64Array.from(words, (word) => Number(word.slice(1)) * 1000),
      masks: Uint32Array.from(words, (word) => bits[word[0] ?? ''] ?? 0),
      foregroundMs: null,
      values: values === null ? null : Float64Array.from(values),
    },
    rules(given),
  )
  return sessions.map(({ startMs, endMs }) => (endMs - startMs) / 1000)
}

describe('cutting', () => {
  test.each<readonly [string, string, Partial<SessionRules>, readonly number[]]>([
    ['[SE1] exactly 30 min stays', '-0 -1800', {}, [1800]],
    ['[SE1] over 30 min begins a new one', '-0 -1800.001', {}, [0, 0]],
    ['[SE1] one event lasts 0', '-0', {}, [0]],
    ['[SE2] 15 min', '-0 -840 -1800', { gapMs: 900_000 }, [840, 0]],
    ['[SE2] midnight', '-86390 -86410', { midnights: Float64Array.of(0, 86_400_000) }, [0, 0]],
    ['[SE2] not midnight', '-86390 -86410', {}, [20]],
    ['[SE2] the longest duration', '-0 -1000 -2000', { maxMs: 1_500_000 }, [1000, 0]],
    [
      '[SE2] from a start to an end event',
      's0 s900 e2700 e4500',
      { bounded: true, gapMs: null },
      [2700],
    ],
    ['[SE2] an unfinished one does not count', 's0 -60', { bounded: true, gapMs: null }, []],
    [
      '[SE2] cut by midnight it is unfinished',
      's83700 -85500 e87300',
      { bounded: true, gapMs: null, midnights: Float64Array.of(0, 86_400_000) },
      [],
    ],
  ])('%s', (_rule, story, given, expected) => {
    expect(durations(story, given)).toEqual(expected)
  })
  test('[SE2] by value, whenever', () => {
    expect(durations('-0 -1 -90000 -90001', { byValue: true }, [1, 2, 2, 0])).toEqual([0, 89_999])
  })
})

describe('[SE10] a session belongs to the period in which it began', () => {
  const DAY = 86_400
  const day = (n: number) => ({ fromMs: n * DAY * 1000, toMs: (n + 1) * DAY * 1000 })
  test.each([
    ['begun before, though it goes on', `p${DAY - 60} p${DAY + 60}`, []],
    ['begun in it, though it ends after', `p${2 * DAY - 60} p${2 * DAY + 60}`, [120]],
    ['begun after', `p${2 * DAY}`, []],
    ['at its first instant', `p${DAY}`, [0]],
  ])('%s', (_name, story, expected) => {
    expect(durations(story, { begun: day(1) })).toEqual(expected)
  })
  test('sessions of days side by side are those of all', () => {
    const minutes = fc.array(fc.nat(4 * 1440), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(minutes, (some) => {
        const story = some
          .toSorted((a, b) => a - b)
          .map((minute) => `p${minute * 60}`)
          .join(' ')
        const apart = [0, 1, 2, 3, 4].flatMap((n) => durations(story, { begun: day(n) }))
        expect(apart).toEqual(durations(story))
      }),
      { numRuns: 50 },
    )
  })
})

describe('[SE3] bouncing', () => {
  const visit = (given: Partial<Session>): Session => ({
    startMs: 0,
    endMs: 0,
    events: 1,
    pages: 1,
    interactive: 0,
    autocaptured: 0,
    keyEvents: 0,
    foregroundMs: null,
    ...given,
  })
  test.each([
    ['engaged', { foregroundMs: 10_000 }, true],
    ['engaged', { foregroundMs: 10_001 }, false],
    ['engaged', { endMs: 10_001 }, false],
    ['engaged', { endMs: 60_000, foregroundMs: 4000 }, true],
    ['engaged', { keyEvents: 1 }, false],
    ['engaged', { pages: 2 }, false],
    ['one-page', { interactive: 3 }, true],
    ['one-page', { pages: 0 }, false],
    ['one-page-no-interaction', { interactive: 1 }, false],
    ['ten-seconds', { endMs: 10_000 }, false],
    ['ten-seconds', { endMs: 9999 }, true],
    ['ten-seconds', { autocaptured: 1 }, false],
    ['one-event', { events: 2 }, false],
  ] as const)('%s of %j: %s', (rule, given, bounces) => {
    expect(isBounce(visit(given), rule)).toBe(bounces)
  })
})

test('[SE7] plan and kernel use the same bits', () => {
  SESSION_BIT_ORDER.forEach((bit, i) => expect(bit).toBe(1 << i))
})
