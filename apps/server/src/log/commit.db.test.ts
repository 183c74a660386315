import { expect, test } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { forgetCommits, inCommit, lastCommit, settled } from './commit.ts'

const stores = await freshStores()
const { database } = stores
const endOf = (workspace: number) => settled(database, workspace, async (_tx, { commit }) => commit)
const commit = (workspace: number) => inCommit(database, workspace, async ({ number }) => number)

test('[LO20] a workspace’s log ends with its own last commit, whatever others write', async () => {
  const { id: ours } = await testWorkspace(stores)
  const { id: theirs } = await testWorkspace(stores)
  const first = await commit(ours)
  expect(await endOf(ours)).toBe(first)
  const other = await commit(theirs)
  expect(other).toBeGreaterThan(first)
  expect(await endOf(ours)).toBe(first)
  expect(await endOf(theirs)).toBe(other)
  expect(await commit(ours)).toBe(other + 1)
  expect(await endOf(ours)).toBe(other + 1)
})

test('[LO20] what a commit that failed may have stored lies not above the end', async () => {
  const { id } = await testWorkspace(stores)
  await commit(id)
  let drawn = 0
  const failing = inCommit(database, id, async ({ number }) => {
    drawn = number
    throw new Error('the store went away')
  })
  await expect(failing).rejects.toThrow('the store went away')
  expect(await endOf(id)).toBe(drawn)
})

test('[LO20] a program that starts trusts no end that was written before', async () => {
  const { id } = await testWorkspace(stores)
  const { id: other } = await testWorkspace(stores)
  const own = await commit(id)
  const last = await commit(other)
  expect(await endOf(id)).toBe(own)
  await forgetCommits(database)
  expect(await endOf(id)).toBe(last)
  expect(await lastCommit(database)).toBe(last)
  const next = await commit(id)
  expect(await endOf(id)).toBe(next)
})

test('[LO20] a workspace without a commit ends where all do', async () => {
  const { id } = await testWorkspace(stores)
  expect(await endOf(id)).toBe(await lastCommit(database))
})
