import type { EventKind, EventType } from '@parcurs/domain'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'

/** What of an event makes its kind. */
export interface KindName {
  readonly type: EventType
  readonly name: string
  readonly channel: string
  readonly path: string
}

/** The vocabulary of each workspace: kinds and their codes. */
export interface EventKinds {
  /** Codes of the given kinds, new ones made as needed; null: the vocabulary is full. */
  readonly codesOf: (
    workspace: number,
    names: readonly KindName[],
  ) => Promise<readonly (number | null)[]>
  readonly all: (workspace: number) => Promise<readonly EventKind[]>
}

/** Beyond these a path no longer makes a kind of its own: rules on URLs then read the events. */
export const MAX_PATHS_A_NAME = 2000
export const MAX_FINE_KINDS = 20_000
/** Beyond this an event with a new name or channel is refused: ids stand where names should. */
export const MAX_KINDS = 40_000

const ANY_PATH = '*'
const LOCK = 7_283_464

interface Known {
  readonly codes: Map<string, number>
  readonly paths: Map<string, number>
  readonly kinds: EventKind[]
}

export function eventKinds(database: Kysely<Database>): EventKinds {
  const known = new Map<number, Known>()

  async function load(workspace: number): Promise<Known> {
    const held = known.get(workspace) ?? { codes: new Map(), paths: new Map(), kinds: [] }
    known.set(workspace, held)
    await inWorkspace(database, workspace, (tx) => refresh(tx, held))
    return held
  }

  return {
    async codesOf(workspace, names) {
      const held = known.get(workspace) ?? (await load(workspace))
      const codes = names.map((name) => held.codes.get(textOf(name)) ?? null)
      const missing = names.filter((_, i) => codes[i] === null)
      if (missing.length === 0) return codes
      await inWorkspace(database, workspace, (tx) => make(tx, workspace, held, missing))
      // Read back rather than remembered: nothing is known here that was not committed there.
      await load(workspace)
      return names.map((name) => codeOf(held, name))
    },
    async all(workspace) {
      return [...(await load(workspace)).kinds]
    },
  }
}

async function make(
  tx: Kysely<Database>,
  workspace: number,
  held: Known,
  names: readonly KindName[],
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK}::integer, ${workspace}::integer)`.execute(tx)
  await refresh(tx, held)
  const made: EventKind[] = []
  const draft: Known = {
    codes: new Map(),
    paths: new Map(held.paths),
    kinds: [],
  }
  for (const name of names) {
    if (held.codes.has(textOf(name)) || draft.codes.has(textOf(name))) continue
    const paths = draft.paths.get(groupOf(name)) ?? 0
    const coarse =
      name.path !== '' &&
      (paths >= MAX_PATHS_A_NAME || held.kinds.length + made.length >= MAX_FINE_KINDS)
    const wanted = coarse ? { ...name, path: ANY_PATH } : name
    const text = textOf(wanted)
    if (held.codes.has(text) || draft.codes.has(text)) continue
    if (held.kinds.length + made.length >= MAX_KINDS) continue
    const kind = { ...wanted, code: held.kinds.length + made.length + 1, coarse }
    made.push(kind)
    take(draft, kind)
  }
  if (made.length === 0) return
  await sql`
    insert into event_kinds (workspace_id, code, type, name, channel, path, coarse)
    select ${workspace}, * from unnest(
      ${made.map((kind) => kind.code)}::integer[], ${made.map((kind) => kind.type)}::text[],
      ${made.map((kind) => kind.name)}::text[], ${made.map((kind) => kind.channel)}::text[],
      ${made.map((kind) => kind.path)}::text[], ${made.map((kind) => kind.coarse)}::boolean[])`.execute(
    tx,
  )
}

/** Codes are dense, so what is new in the table are the codes above those known. */
async function refresh(tx: Kysely<Database>, held: Known): Promise<void> {
  const rows = await tx
    .selectFrom('event_kinds')
    .select(['code', 'type', 'name', 'channel', 'path', 'coarse'])
    .where('code', '>', held.kinds.length)
    .orderBy('code')
    .execute()
  for (const row of rows) {
    if (row.code === held.kinds.length + 1) take(held, { ...row, type: eventType(row.type) })
  }
}

function take(known: Known, kind: EventKind): void {
  known.kinds.push(kind)
  known.codes.set(textOf(kind), kind.code)
  if (!kind.coarse && kind.path !== '') {
    known.paths.set(groupOf(kind), (known.paths.get(groupOf(kind)) ?? 0) + 1)
  }
}

function codeOf(known: Known, name: KindName): number | null {
  return (
    known.codes.get(textOf(name)) ?? known.codes.get(textOf({ ...name, path: ANY_PATH })) ?? null
  )
}

function textOf({ type, name, channel, path }: KindName): string {
  return `${type}\n${name}\n${channel}\n${path}`
}

function groupOf({ type, name, channel }: KindName): string {
  return `${type}\n${name}\n${channel}`
}

function eventType(text: string): EventType {
  if (text === 'track' || text === 'page' || text === 'screen') return text
  throw new Error(`an event kind of type '${text}': expected track, page or screen`)
}
