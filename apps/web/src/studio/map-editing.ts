import {
  doEdit,
  type EditingSession,
  type LoggedEdit,
  type LostEdit,
  type MapChange,
  type MapDocument,
  type NumberedEdit,
  openSession,
  receive,
  redoEdit,
  refuseEdit,
  undoEdit,
} from '@parcurs/domain'
import type { KeptEdits } from './kept-edits.ts'

/** One map on the server. Each may fail as the network does. */
export interface MapServer {
  readonly read: () => Promise<{ readonly version: number; readonly document: MapDocument }>
  readonly send: (
    client: string,
    edits: readonly NumberedEdit[],
  ) => Promise<{ readonly answers: readonly SentAnswer[] }>
  /** `version` is the one that stands; there is more to read while the last edit is of an earlier one. */
  readonly editsAfter: (
    version: number,
  ) => Promise<{ readonly version: number; readonly edits: readonly LoggedEdit[] }>
}

export type SentAnswer =
  | { readonly seq: number; readonly version: number }
  | { readonly seq: number; readonly refused: LostEdit['code'] }

export interface Editing {
  readonly session: EditingSession
  /** What keeps pending edits from the server; null: nothing that is known. */
  readonly error: Error | null
  /** Edits of mine from a window that was closed, or by which others were gone meanwhile: told until put away. */
  readonly lost: readonly LostEdit[]
}

/** So many edits travel at once. */
const AT_ONCE = 200

/**
 * The editing of one map in one window: what is done here shows at once, is kept on this device until the server has
 * it, and is sent when `sync` is called. It has no clock: whoever holds it says when.
 */
export class MapEditing {
  readonly #server: MapServer
  readonly #kept: KeptEdits
  readonly #listeners = new Set<() => void>()
  #editing: Editing
  #syncing: Promise<void> | null = null

  private constructor(server: MapServer, kept: KeptEdits, session: EditingSession) {
    this.#server = server
    this.#kept = kept
    this.#editing = { session, error: null, lost: [] }
  }

  /** Reads the map, and sends what windows of before could not: each edit is done once, whoever sends it. */
  static async open(server: MapServer, kept: KeptEdits, client: string): Promise<MapEditing> {
    const lost: LostEdit[] = []
    for (const { client: former, edits } of kept.read()) {
      if (former === client) continue
      const { answers } = await server.send(former, edits)
      for (const answer of answers) {
        const edit = edits.find(({ seq }) => seq === answer.seq)
        if ('refused' in answer && edit !== undefined) lost.push({ edit, code: answer.refused })
      }
      kept.write(former, [])
    }
    const { document, version } = await server.read()
    const editing = new MapEditing(server, kept, openSession(client, document, version))
    editing.#editing = { ...editing.#editing, lost }
    return editing
  }

  get now(): Editing {
    return this.#editing
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  do(changes: readonly MapChange[]): void {
    if (changes.length > 0) this.#change(doEdit(this.#editing.session, changes))
  }

  undo(): void {
    this.#change(undoEdit(this.#editing.session))
  }

  redo(): void {
    this.#change(redoEdit(this.#editing.session))
  }

  /** The lost edits were seen. */
  putAway(): void {
    this.#tell({ ...this.#editing, lost: [] })
  }

  /** Sends what is pending and takes over what others did. One at a time; it never throws. */
  sync(): Promise<void> {
    this.#syncing ??= this.#exchange()
      .then(
        () => null,
        (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
      )
      .then((error) => {
        this.#syncing = null
        if (error !== this.#editing.error) this.#tell({ ...this.#editing, error })
      })
    return this.#syncing
  }

  async #exchange(): Promise<void> {
    for (let more = true; more; ) {
      const { client, pending, version } = this.#editing.session
      const sent = pending.slice(0, AT_ONCE)
      const answers = sent.length === 0 ? [] : (await this.#server.send(client, sent)).answers
      const log = await this.#server.editsAfter(version)
      let session = receive(this.#editing.session, log.edits)
      for (const answer of answers) {
        if ('refused' in answer) session = refuseEdit(session, answer.seq, answer.refused)
      }
      this.#change(session)
      more = session.version < log.version || session.pending.length > 0
      // Nothing came of it: what is pending is not in the log, so it waits for the next time instead of a loop.
      if (log.edits.length === 0 && answers.length === 0) more = false
    }
  }

  #change(session: EditingSession): void {
    const before = this.#editing
    if (session === before.session) return
    const lost = session.lost.slice(before.session.lost.length)
    if (session.pending !== before.session.pending) {
      this.#kept.write(session.client, session.pending)
    }
    this.#tell({ ...before, session, lost: [...before.lost, ...lost] })
  }

  #tell(editing: Editing): void {
    this.#editing = editing
    for (const listener of this.#listeners) listener()
  }
}
