import type { Kysely } from 'kysely'
import type { Database } from '../postgres/tables.ts'

export interface User {
  readonly id: number
  readonly email: string
  readonly name: string
  readonly language: string
  readonly passwordHash: string | null
}

const UNIQUE_VIOLATION = '23505'
const COLUMNS = ['id', 'email', 'name', 'language', 'password_hash as passwordHash'] as const

export async function userOf(
  database: Kysely<Database>,
  which: number | string,
): Promise<User | null> {
  const found = await database
    .selectFrom('users')
    .select(COLUMNS)
    .where(typeof which === 'number' ? 'id' : 'email', '=', which)
    .executeTakeFirst()
  return found ?? null
}

/** Who was made at the first start. */
export async function firstUser(database: Kysely<Database>): Promise<User | null> {
  const found = await database.selectFrom('users').select(COLUMNS).orderBy('id').executeTakeFirst()
  return found ?? null
}

/** @returns false when the email is somebody else's */
export async function changeUser(
  database: Kysely<Database>,
  userId: number,
  change: { readonly email?: string; readonly name?: string; readonly language?: string },
): Promise<boolean> {
  if (Object.keys(change).length === 0) return true
  try {
    await database.updateTable('users').set(change).where('id', '=', userId).execute()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) return false
    throw error
  }
}

export async function setPassword(
  database: Kysely<Database>,
  userId: number,
  hash: string,
): Promise<void> {
  await database
    .updateTable('users')
    .set({ password_hash: hash })
    .where('id', '=', userId)
    .execute()
}
