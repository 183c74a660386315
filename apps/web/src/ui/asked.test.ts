import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { Problem, UNREACHABLE } from '../api/problem.ts'
import { healing } from '../api/query-client.ts'
import { answerIn, type Asked, askedAs, both } from './asked.ts'

const retry = () => undefined
const refused = new Problem(400, 'value-invalid', 'no')
const away = new Problem(0, UNREACHABLE, '')

const STATES: readonly Asked<number>[] = [
  { state: 'waiting' },
  { state: 'stale', answer: 1 },
  { state: 'answered', answer: 2 },
  { state: 'refused', error: refused, answer: null, retry },
  { state: 'offline', error: away, answer: 3, retry },
]

test.each(STATES)('[UI41] what is made of an answer keeps its state: $state', (state) => {
  const made = askedAs(state, (n) => `${n}!`)
  expect(made.state).toBe(state.state)
  const answer = answerIn(state)
  expect(answerIn(made)).toBe(answer === null ? null : `${answer}!`)
})

test('[UI41] of two questions the one that is worse off speaks for both', () => {
  const worse = ['answered', 'stale', 'waiting', 'refused', 'offline']
  const rank = ({ state }: Asked<number>) => worse.indexOf(state)
  // Which of two failures is told does not matter.
  const pairs = STATES.flatMap((a) => STATES.map((b) => [a, b] as const)).filter(
    ([a, b]) => Math.min(rank(a), rank(b)) < worse.indexOf('refused'),
  )
  expect(pairs.map(([a, b]) => both(a, b).state)).toEqual(
    pairs.map(([a, b]) => worse[Math.max(rank(a), rank(b))]),
  )
})

test('[UI41] only what cannot be reached is asked again by itself', () => {
  expect(healing(null)).toBe(false)
  expect(healing(refused)).toBe(false)
  expect(healing(away)).toBeGreaterThan(0)
})

test('[UI41] whatever is asked comes with all its states', () => {
  const sources = import.meta.glob<string>(['../*/*.ts', '../*/*.tsx', '!../**/*.test.*'], {
    eager: true,
    query: '?raw',
    import: 'default',
  })
  const asking = Object.entries(sources).filter(([, source]) => /\buseQuery\(/.test(source))
  expect(asking.length).toBeGreaterThan(10)
  for (const [path, source] of asking) {
    const calls = source.match(/\buseQuery\(/g)?.length
    expect([path, source.match(/\basked\(\s*useQuery\(/g)?.length]).toEqual([path, calls])
  }
})

test('[UI41] what could not be reached heals itself', async () => {
  const client = new QueryClient()
  let calls = 0
  const observer = new QueryObserver(client, {
    queryKey: ['x'],
    queryFn: () => (++calls === 1 ? Promise.reject(away) : Promise.resolve('there')),
    retry: false,
    refetchInterval: ({ state }) => (healing(state.error) === false ? false : 5),
  })
  const end = observer.subscribe(() => undefined)
  await expect.poll(() => observer.getCurrentResult().data).toBe('there')
  end()
})
