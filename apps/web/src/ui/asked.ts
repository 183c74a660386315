import type { UseQueryResult } from '@tanstack/react-query'
import { isUnreachable } from '../api/problem.ts'

/** Everything a screen can be in while asking. A screen that forgets one does not compile. */
export type Asked<Answer> =
  /** Nothing is there yet; an answer is on its way. */
  | { readonly state: 'waiting' }
  /** The answer to the question before stands, under its own label, while the new one is on its way. */
  | { readonly state: 'stale'; readonly answer: Answer }
  | { readonly state: 'answered'; readonly answer: Answer }
  /** The server said no; what it answered before may still be there. */
  | {
      readonly state: 'refused'
      readonly error: Error
      readonly answer: Answer | null
      readonly retry: () => void
    }
  /** Nothing comes through. It is asked again by itself until it does. */
  | {
      readonly state: 'offline'
      readonly error: Error
      readonly answer: Answer | null
      readonly retry: () => void
    }

export function asked<Answer>(query: UseQueryResult<Answer>): Asked<Answer> {
  const { data, error } = query
  if (error !== null) {
    return {
      state: isUnreachable(error) ? 'offline' : 'refused',
      error,
      answer: data ?? null,
      retry: () => void query.refetch(),
    }
  }
  if (data === undefined) return { state: 'waiting' }
  return { state: query.isPlaceholderData ? 'stale' : 'answered', answer: data }
}

/** The same state of something made from the answer. */
export function askedAs<A, B>(from: Asked<A>, make: (answer: A) => B): Asked<B> {
  switch (from.state) {
    case 'waiting':
      return from
    case 'stale':
    case 'answered':
      return { ...from, answer: make(from.answer) }
    case 'refused':
    case 'offline':
      return { ...from, answer: from.answer === null ? null : make(from.answer) }
  }
}

/** What can be shown, new or old; null: nothing yet. */
export function answerIn<Answer>(from: Asked<Answer>): Answer | null {
  return from.state === 'waiting' ? null : from.answer
}

/** One state of two questions that a screen cannot do without: the one that is worse off speaks for both. */
export function both<A, B>(a: Asked<A>, b: Asked<B>): Asked<readonly [A, B]> {
  const [left, right] = [answerIn(a), answerIn(b)]
  const answer = left === null || right === null ? null : ([left, right] as const)
  for (const one of [a, b]) {
    if (one.state === 'refused' || one.state === 'offline') return { ...one, answer }
  }
  if (answer === null) return { state: 'waiting' }
  return { state: a.state === 'stale' || b.state === 'stale' ? 'stale' : 'answered', answer }
}
