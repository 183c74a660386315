import {
  applyEdit,
  applyEdits,
  type EditRefusal,
  type ReferenceRefusal,
  replayed,
} from './apply-edit.ts'
import { type MapChange, type MapEdit, reversed } from './map-change.ts'
import type { MapDocument } from './map-document.ts'

/** An edit as its author numbers it: by it the server knows one that it has already. */
export interface NumberedEdit extends MapEdit {
  readonly seq: number
}

/** What the server did, in its order. */
export interface LoggedEdit {
  readonly version: number
  readonly client: string
  readonly seq: number
  readonly done: readonly MapChange[]
}

/** Something I did, by what it really changed. */
export interface Gesture {
  readonly seq: number
  readonly done: readonly MapChange[]
}

/** One person's editing of one map, in one window: local first, the server's order is the truth. */
export interface EditingSession {
  /** Of this window alone. */
  readonly client: string
  /** Of the last edit that was made here. */
  readonly seq: number
  /** What the server has, and up to which version. */
  readonly confirmed: MapDocument
  readonly version: number
  /** Made here and not yet confirmed. */
  readonly pending: readonly NumberedEdit[]
  /** What is on the screen: what is confirmed, and what is pending on top. */
  readonly view: MapDocument
  /** My own gestures, the latest last. */
  readonly undo: readonly Gesture[]
  readonly redo: readonly Gesture[]
  /** Mine that the server said no to, with what they held: they can be offered again. */
  readonly lost: readonly LostEdit[]
}

export interface LostEdit {
  readonly edit: NumberedEdit
  /** 'unfit': the server does not know such a change; it was made by another version of the program. */
  readonly code: EditRefusal | ReferenceRefusal | 'unfit'
}

export function openSession(
  client: string,
  confirmed: MapDocument,
  version: number,
): EditingSession {
  return {
    client,
    seq: 0,
    confirmed,
    version,
    pending: [],
    view: confirmed,
    undo: [],
    redo: [],
    lost: [],
  }
}

/** Does a gesture; the session as it was where it changes nothing or is refused. */
export function doEdit(session: EditingSession, changes: readonly MapChange[]): EditingSession {
  const made = make(session, changes, false)
  if (made === null) return session
  return { ...made.session, undo: [...session.undo, made.gesture], redo: [] }
}

/** Takes back my last gesture, as far as nobody else wrote there since. */
export function undoEdit(session: EditingSession): EditingSession {
  const last = session.undo.at(-1)
  if (last === undefined) return session
  const rest = { ...session, undo: session.undo.slice(0, -1) }
  const made = make(rest, reversed(last.done), true)
  return made === null ? rest : { ...made.session, redo: [...session.redo, made.gesture] }
}

export function redoEdit(session: EditingSession): EditingSession {
  const last = session.redo.at(-1)
  if (last === undefined) return session
  const rest = { ...session, redo: session.redo.slice(0, -1) }
  const made = make(rest, reversed(last.done), true)
  return made === null ? rest : { ...made.session, undo: [...session.undo, made.gesture] }
}

/** What the server did since: mine are confirmed by it, others' are put under those of mine that are pending. */
export function receive(session: EditingSession, log: readonly LoggedEdit[]): EditingSession {
  const fresh = log.filter(({ version }) => version > session.version)
  const last = fresh.at(-1)
  if (last === undefined) return session
  const mine = new Map(
    fresh.flatMap(({ client, seq, done }) => (client === session.client ? [[seq, done]] : [])),
  )
  const confirmed = replayed(
    session.confirmed,
    fresh.flatMap(({ done }) => done),
  )
  const pending = session.pending.filter(({ seq }) => !mine.has(seq))
  const settled = (gestures: readonly Gesture[]) =>
    gestures.map(({ seq, done }) => ({ seq, done: mine.get(seq) ?? done }))
  return {
    ...session,
    confirmed,
    version: last.version,
    pending,
    view: applyEdits(confirmed, pending),
    undo: settled(session.undo),
    redo: settled(session.redo),
  }
}

/** The server said no to one of mine: it leaves the screen and is told, with what it was. */
export function refuseEdit(
  session: EditingSession,
  seq: number,
  code: LostEdit['code'],
): EditingSession {
  const edit = session.pending.find((one) => one.seq === seq)
  if (edit === undefined) return session
  const pending = session.pending.filter((one) => one.seq !== seq)
  const others = (gestures: readonly Gesture[]) => gestures.filter((one) => one.seq !== seq)
  return {
    ...session,
    pending,
    view: applyEdits(session.confirmed, pending),
    undo: others(session.undo),
    redo: others(session.redo),
    lost: [...session.lost, { edit, code }],
  }
}

function make(session: EditingSession, changes: readonly MapChange[], careful: boolean) {
  const applied = applyEdit(session.view, { changes, careful })
  if (!applied.ok || applied.done.length === 0) return null
  const edit: NumberedEdit = { seq: session.seq + 1, changes: applied.done, careful }
  return {
    session: {
      ...session,
      seq: edit.seq,
      view: applied.document,
      pending: [...session.pending, edit],
    },
    gesture: { seq: edit.seq, done: applied.done },
  }
}
