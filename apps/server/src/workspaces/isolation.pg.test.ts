import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'

const { database } = await freshStores()

test('[AU4] every table with a workspace_id is closed by row-level security, also to its owner', async () => {
  const { rows } = await sql<{ name: string; closed: boolean; policies: number }>`
    select relname as name, relrowsecurity and relforcerowsecurity as closed,
      (select count(*)::int from pg_policy where polrelid = pg_class.oid) as policies
    from pg_class
    join pg_attribute on attrelid = pg_class.oid and attname = 'workspace_id' and not attisdropped
    where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
    order by 1`.execute(database)
  expect(rows.map(({ name }) => name)).toContain('memberships')
  expect(rows.filter(({ closed, policies }) => !closed || policies === 0)).toEqual([])
})

test('[AU5] the program enters PostgreSQL as a role that row-level security binds', async () => {
  const { rows } = await sql<{ unbound: boolean }>`
    select rolsuper or rolbypassrls as unbound from pg_roles where rolname = current_user`.execute(
    database,
  )
  expect(rows).toEqual([{ unbound: false }])
})
