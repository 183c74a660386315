import { expect, test } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { eventKinds } from './event-kinds.ts'
import type { KindName } from './kind-choice.ts'

const stores = await freshStores()
const page = (path: string): KindName => ({ type: 'page', name: 'page_view', channel: 'web', path })

test('[LO9] pruned kinds are taken in by a coarser one, for every process, and never used again', async () => {
  const { id } = await testWorkspace(stores)
  const [here, elsewhere] = [eventKinds(stores.database), eventKinds(stores.database)]
  expect(await here.codesOf(id, [page('/a'), page('/b'), page('/c')])).toEqual([1, 2, 3])
  expect(await elsewhere.codesOf(id, [page('/b')])).toEqual([2])
  await here.prune(id, [1, 2])
  expect(await here.codesOf(id, [page('/a'), page('/b'), page('/c')])).toEqual([4, 4, 3])
  expect(await here.codesOf(id, [page('/d')])).toEqual([5])
  // Whoever has not looked since still gives the old code, which stays right.
  await elsewhere.all(id)
  expect(await elsewhere.codesOf(id, [page('/b'), page('/e')])).toEqual([4, 6])
  expect(await here.all(id)).toMatchObject([
    { code: 1, path: '/a' },
    { code: 2, path: '/b' },
    { code: 3, path: '/c' },
    { code: 4, path: '*', coarse: true, coarseName: false },
    { code: 5, path: '/d' },
    { code: 6, path: '/e' },
  ])
  await here.prune(id, [4, 3])
  expect(await here.codesOf(id, [page('/a'), page('/c')])).toEqual([7, 7])
  expect(await eventKinds(stores.database).codesOf(id, [page('/b')])).toEqual([7])
})
