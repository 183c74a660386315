import type { IncomingEvent } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { groupCommit } from './group-commit.ts'
import { PROGRAM, type SentBatch, type StoredBatch } from './store-events.ts'

function batchOf(...messageIds: readonly string[]): SentBatch {
  const events = messageIds.map(
    (messageId): IncomingEvent => ({
      type: 'track',
      name: 'x',
      channel: 'web',
      path: '',
      userId: 'u',
      anonymousId: '',
      messageId,
      timeMs: 0,
      position: 0,
      value: null,
      currency: '',
      orderId: '',
      properties: {},
    }),
  )
  return { sender: PROGRAM, batch: { events, identifies: [], groups: [], aliases: [] } }
}

/** Stores slowly; events called "again" are duplicates, "poison" breaks the commit. */
function slowStore() {
  const commits: (readonly string[])[] = []
  const store = async (
    _workspace: number,
    sent: readonly SentBatch[],
  ): Promise<readonly StoredBatch[]> => {
    await new Promise((resolve) => setTimeout(resolve, 10))
    const ids = sent.map(({ batch }) => batch.events.map(({ messageId }) => messageId))
    if (ids.flat().includes('poison')) throw new Error('poison')
    commits.push(ids.flat())
    return ids.map((own) => {
      const duplicates = own.filter((id) => id === 'again').length
      return { stored: own.length - duplicates, duplicates }
    })
  }
  return { commits, store }
}

const never = () => false

/** As a request does: expects to be taken in. */
async function added(taken: Promise<StoredBatch> | null): Promise<StoredBatch> {
  if (taken === null) throw new Error('there was no room')
  return await taken
}

test('[CO13] what arrives while a commit runs shares the next one, and each gets its own answer', async () => {
  const { commits, store } = slowStore()
  const line = groupCommit({ store, isAway: never, lingerMs: 1 })
  const first = line.add(1, batchOf('a'))
  await new Promise((resolve) => setTimeout(resolve, 5))
  const others = [batchOf('b', 'again'), batchOf('c', 'd'), batchOf('again')].map((batch) =>
    added(line.add(1, batch)),
  )
  expect(await first).toMatchObject({ stored: 1 })
  expect(await Promise.all(others)).toEqual([
    { stored: 1, duplicates: 1 },
    { stored: 2, duplicates: 0 },
    { stored: 0, duplicates: 1 },
  ])
  expect(commits).toEqual([['a'], ['b', 'again', 'c', 'd', 'again']])
})

test('[CO13] too much waiting is refused, and taken again when there is room', async () => {
  const { store } = slowStore()
  const line = groupCommit({ store, isAway: never, maxWaiting: 3 })
  const held = line.add(1, batchOf('a', 'b'))
  expect(line.add(1, batchOf('c', 'd'))).toBeNull()
  const fits = line.add(2, batchOf('c'))
  expect(fits).not.toBeNull()
  await Promise.all([added(held), added(fits)])
  await expect(line.add(1, batchOf('c', 'd'))).resolves.toMatchObject({ stored: 2 })
})

test('[CO13] what one request breaks does not take the others along', async () => {
  const { store } = slowStore()
  const line = groupCommit({ store, isAway: never })
  const answers = await Promise.allSettled([
    added(line.add(1, batchOf('a'))),
    added(line.add(1, batchOf('poison'))),
    added(line.add(1, batchOf('b'))),
  ])
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  await line.close()
})

test('[CO13] when a store is away all are told, and the next ones are tried', async () => {
  let away = true
  const { store } = slowStore()
  const line = groupCommit({
    store: (workspace, sent) => (away ? Promise.reject(new Error('away')) : store(workspace, sent)),
    isAway: () => away,
  })
  const answers = await Promise.allSettled([
    added(line.add(1, batchOf('a'))),
    added(line.add(1, batchOf('b'))),
  ])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  away = false
  await expect(line.add(1, batchOf('a'))).resolves.toMatchObject({ stored: 1 })
})

test('[CO13] closing waits for what was taken in', async () => {
  const { commits, store } = slowStore()
  const line = groupCommit({ store, isAway: never })
  void line.add(1, batchOf('a'))
  void line.add(2, batchOf('b'))
  await line.close()
  expect(commits).toHaveLength(2)
})
