import type { EventKind, EventType } from '@parcurs/domain'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { hourlyRoom } from './hourly-room.ts'
import {
  chosenKind,
  type KindName,
  type NewKind,
  NO_LIMIT,
  prunedInto,
  type Room,
  type Vocabulary,
} from './kind-choice.ts'

/** The vocabulary of each workspace: kinds and their codes. */
export interface EventKinds {
  /** Codes of the given kinds, new ones made as needed; coarser ones where the vocabulary is full. */
  readonly codesOf: (
    workspace: number,
    names: readonly KindName[],
    maker?: KindMaker,
  ) => Promise<readonly number[]>
  /** Pruned ones too: events keep their codes for ever. */
  readonly all: (workspace: number) => Promise<readonly EventKind[]>
  /** Codes of pruned kinds. */
  readonly merged: (workspace: number) => Promise<ReadonlySet<number>>
  /**
   * From now on events of these kinds get a coarser one, and the next fold puts it into the journeys. Their
   * codes are never used again. Kinds that are as coarse as can be stay.
   */
  readonly prune: (workspace: number, codes: readonly number[]) => Promise<void>
}

/** Whoever sends may make so many new kinds an hour (by this process's clock); what is over falls into coarser ones. */
export interface KindMaker {
  readonly source: number
  readonly kindsPerHour: number
}

const LOCK = 7_283_464
const PAGE = 2_000
const FULL: Room = { left: 0, perHour: 0 }

/** A vocabulary as this process knows it: it only grows, but for what is pruned. */
interface Known {
  readonly codes: Map<string, number>
  readonly paths: Map<string, number>
  readonly kinds: EventKind[]
  /** By the code of what was pruned: what takes it in. */
  readonly merged: Map<number, number>
  /** The last pruning that is known. */
  pruning: number
}

/** A vocabulary that is being read. */
interface Loading {
  readonly done: Promise<void>
  /** The reading after it, once somebody waits for one. */
  next: Promise<void> | null
}

export function eventKinds(database: Kysely<Database>, clock: () => number = Date.now): EventKinds {
  const known = new Map<number, Known>()
  const rooms = hourlyRoom(clock)

  const loading = new Map<number, Loading>()

  /**
   * What was made and pruned before the call is known when it resolves. Who calls while it is being read waits for one
   * more reading, all together: ten pages opened at once read a large vocabulary twice, not ten times.
   */
  async function load(workspace: number): Promise<Known> {
    const held = known.get(workspace) ?? nothing()
    known.set(workspace, held)
    const read = () => inWorkspace(database, workspace, (tx) => refresh(tx, held))
    const now = loading.get(workspace)
    if (now === undefined) {
      const first: Loading = { done: read(), next: null }
      loading.set(workspace, first)
      await first.done.finally(() => {
        if (loading.get(workspace) === first) loading.delete(workspace)
      })
      return held
    }
    now.next ??= begun(now)
    await now.next
    return held

    async function begun(before: Loading): Promise<void> {
      await before.done.catch(() => {})
      const after: Loading = { done: read(), next: null }
      loading.set(workspace, after)
      await after.done.finally(() => {
        if (loading.get(workspace) === after) loading.delete(workspace)
      })
    }
  }

  return {
    async codesOf(workspace, names, maker) {
      const held = known.get(workspace) ?? (await load(workspace))
      const room = (): Room =>
        maker === undefined
          ? NO_LIMIT
          : { left: rooms.left(maker.source, maker.kindsPerHour), perHour: maker.kindsPerHour }
      const codes = chosen(held, names, room())
      if (codes !== null) return codes
      const added = await inWorkspace(database, workspace, (tx) =>
        make(tx, workspace, held, names, room()),
      )
      if (maker !== undefined) rooms.take(maker.source, added)
      // Read back rather than remembered: nothing is known here that was not committed there. And without room: each
      // name has its own kind now, or the coarser one that was made for it.
      const made = chosen(await load(workspace), names, FULL)
      if (made === null) throw new Error('a kind that was made is not in the vocabulary')
      return made
    },
    async all(workspace) {
      return [...(await load(workspace)).kinds]
    },
    async merged(workspace) {
      return new Set((await load(workspace)).merged.keys())
    },
    async prune(workspace, codes) {
      await inWorkspace(database, workspace, (tx) => merge(tx, workspace, codes))
      await load(workspace)
    },
  }
}

/** Null: some must be made first. */
function chosen(held: Known, names: readonly KindName[], room: Room): readonly number[] | null {
  const vocabulary = vocabularyOf(held)
  const codes: number[] = []
  for (const name of names) {
    const choice = chosenKind(vocabulary, name, room)
    if (typeof choice !== 'number') return null
    codes.push(choice)
  }
  return codes
}

async function make(
  tx: Kysely<Database>,
  workspace: number,
  held: Known,
  names: readonly KindName[],
  { left, perHour }: Room,
): Promise<number> {
  await lock(tx, workspace)
  await refresh(tx, held)
  const draft = copyOf(held)
  const made: EventKind[] = []
  for (const name of names) {
    const choice = chosenKind(vocabularyOf(draft), name, { left: left - made.length, perHour })
    if (typeof choice === 'number') continue
    const kind = { ...choice, code: draft.kinds.length + 1 }
    made.push(kind)
    take(draft, kind)
  }
  await insert(tx, workspace, made)
  return made.length
}

async function merge(
  tx: Kysely<Database>,
  workspace: number,
  codes: readonly number[],
): Promise<void> {
  await lock(tx, workspace)
  const held = nothing()
  await refresh(tx, held)
  const made: EventKind[] = []
  const merges: { readonly code: number; readonly into: number }[] = []
  for (const code of new Set(codes)) {
    const kind = held.kinds[code - 1]
    const into = kind === undefined || held.merged.has(code) ? null : prunedInto(kind)
    if (into === null) continue
    merges.push({ code, into: codeOrMade(held, made, into) })
  }
  await insert(tx, workspace, made)
  if (merges.length === 0) return
  await sql`
    update event_kinds set merged_into = pruned.into_code, pruning = latest.pruning
    from unnest(${merges.map(({ code }) => code)}::integer[],
      ${merges.map(({ into }) => into)}::integer[]) as pruned(code, into_code),
      (select coalesce(max(pruning), 0) + 1 as pruning from event_kinds
        where workspace_id = ${workspace}) as latest
    where workspace_id = ${workspace} and event_kinds.code = pruned.code`.execute(tx)
}

function codeOrMade(held: Known, made: EventKind[], wanted: NewKind): number {
  const code = held.codes.get(textOf(wanted))
  if (code !== undefined) return code
  const kind = { ...wanted, code: held.kinds.length + 1 }
  made.push(kind)
  take(held, kind)
  return kind.code
}

async function lock(tx: Kysely<Database>, workspace: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK}::integer, ${workspace}::integer)`.execute(tx)
}

async function insert(
  tx: Kysely<Database>,
  workspace: number,
  made: readonly EventKind[],
): Promise<void> {
  if (made.length === 0) return
  await sql`
    insert into event_kinds (workspace_id, code, type, name, channel, path, coarse, coarse_name)
    select ${workspace}, * from unnest(
      ${made.map((kind) => kind.code)}::integer[], ${made.map((kind) => kind.type)}::text[],
      ${made.map((kind) => kind.name)}::text[], ${made.map((kind) => kind.channel)}::text[],
      ${made.map((kind) => kind.path)}::text[], ${made.map((kind) => kind.coarse)}::boolean[],
      ${made.map((kind) => kind.coarseName === true)}::boolean[])`.execute(tx)
}

/**
 * Codes are dense, so what is new in the table are the codes above those known, and later prunings. Read a page at a
 * time, so that others are answered meanwhile: 45,000 kinds at once held up everybody for 0.4 s.
 */
async function refresh(tx: Kysely<Database>, held: Known): Promise<void> {
  const { pruning: known } = held
  const size = held.kinds.length
  // What is pruned between two pages may be seen in one and not in the other: it is asked for again the next time.
  const { rows: latest } = await sql<{ pruning: number }>`
    select coalesce(max(pruning), 0) as pruning from event_kinds where pruning > ${known}`.execute(
    tx,
  )
  for (let after = 0; ; ) {
    const rows = await tx
      .selectFrom('event_kinds')
      .select(['code', 'type', 'name', 'channel', 'path', 'coarse', 'coarse_name'])
      .select(['merged_into', 'pruning'])
      .where('code', '>', after)
      .where((is) => is.or([is('code', '>', size), is('pruning', '>', known)]))
      .orderBy('code')
      .limit(PAGE)
      .execute()
    for (const { coarse_name: coarseName, merged_into, pruning: _, ...row } of rows) {
      after = row.code
      if (row.code === held.kinds.length + 1) {
        take(held, { ...row, type: eventType(row.type), coarseName })
      }
      if (merged_into !== null) held.merged.set(row.code, merged_into)
    }
    if (rows.length < PAGE) break
  }
  held.pruning = Math.max(held.pruning, latest[0]?.pruning ?? 0)
}

function nothing(): Known {
  return { codes: new Map(), paths: new Map(), kinds: [], merged: new Map(), pruning: 0 }
}

function copyOf(held: Known): Known {
  return {
    codes: new Map(held.codes),
    paths: new Map(held.paths),
    kinds: [...held.kinds],
    merged: new Map(held.merged),
    pruning: held.pruning,
  }
}

function vocabularyOf(held: Known): Vocabulary {
  return {
    size: held.kinds.length,
    pathsOf: (name) => held.paths.get(groupOf(name)) ?? 0,
    codeOf(name) {
      let code = held.codes.get(textOf(name))
      for (let into = code; into !== undefined; into = held.merged.get(into)) code = into
      return code ?? null
    },
  }
}

function take(known: Known, kind: EventKind): void {
  known.kinds.push(kind)
  known.codes.set(textOf(kind), kind.code)
  if (!kind.coarse && kind.path !== '') {
    known.paths.set(groupOf(kind), (known.paths.get(groupOf(kind)) ?? 0) + 1)
  }
}

function textOf({ type, name, channel, path }: KindName): string {
  return `${type}\0${name}\0${channel}\0${path}`
}

function groupOf({ type, name, channel }: KindName): string {
  return `${type}\0${name}\0${channel}`
}

function eventType(text: string): EventType {
  if (text === 'track' || text === 'page' || text === 'screen') return text
  throw new Error(`an event kind of type '${text}': expected track, page or screen`)
}
