import { expect, test } from 'vitest'
import { endOfCommit, LOG_START, type LogPlace, type LogEntry } from './log-entry.ts'
import { logTail } from './log-tail.ts'

function removal(commit: number, row: number): LogEntry {
  return { entry: 'removal', place: { commit, row }, removalId: commit }
}

function piece(from: LogPlace, to: LogPlace, entries: readonly LogEntry[]) {
  return { from, to, entries, receivedMs: null }
}

test('[LO4] what is held goes on from any place within it, and from no other', () => {
  const tail = logTail(100)
  tail.add(piece(LOG_START, { commit: 2, row: 1 }, [removal(1, 0), removal(2, 0), removal(2, 1)]))
  tail.add(piece({ commit: 2, row: 1 }, endOfCommit(5), [removal(2, 2), removal(5, 0)]))
  expect(tail.behind(LOG_START)?.entries).toHaveLength(3)
  expect(tail.behind({ commit: 2, row: 0 })).toMatchObject({
    from: { commit: 2, row: 0 },
    to: { commit: 2, row: 1 },
    entries: [removal(2, 1)],
  })
  expect(tail.behind({ commit: 2, row: 1 })?.entries).toEqual([removal(2, 2), removal(5, 0)])
  expect(tail.behind({ commit: 4, row: 9 })?.entries).toEqual([removal(5, 0)])
  expect(tail.behind(endOfCommit(5))).toBeNull()
})

test('[LO4] a piece that does not go on from the last one takes its place', () => {
  const tail = logTail(100)
  tail.add(piece(LOG_START, endOfCommit(1), [removal(1, 0)]))
  tail.add(piece(endOfCommit(3), endOfCommit(4), [removal(4, 0)]))
  expect(tail.behind(LOG_START)).toBeNull()
  expect(tail.behind(endOfCommit(3))?.entries).toEqual([removal(4, 0)])
})

test('[LO4] no more is held than was said, but for the newest', () => {
  const tail = logTail(2)
  for (const commit of [1, 2, 3]) {
    tail.add(piece(endOfCommit(commit - 1), endOfCommit(commit), [removal(commit, 0)]))
  }
  expect(tail.behind(endOfCommit(0))).toBeNull()
  expect(tail.behind(endOfCommit(1))).not.toBeNull()
  const many = Array.from({ length: 9 }, (_, row) => removal(4, row))
  tail.add(piece(endOfCommit(3), endOfCommit(4), many))
  expect(tail.behind(endOfCommit(2))).toBeNull()
  expect(tail.behind(endOfCommit(3))?.entries).toHaveLength(9)
})
