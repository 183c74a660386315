import type { ImportOptions } from '@parcurs/domain'
import { type Kysely, sql } from 'kysely'
import type { Database, ImportState } from '../postgres/tables.ts'
import { storedJson } from '../log/stored-text.ts'
import { asSystem, inWorkspace } from '../postgres/workspace-scope.ts'
import type { Collision } from './collisions.ts'
import type { FileShape, ShapeOptions } from './file-shape.ts'
import type { MoneyByCurrency } from './money-count.ts'
import type { Reject } from './reject.ts'

/** An import as it is remembered: everything needed to go on after a crash. */
export interface ImportRecord {
  readonly importId: string
  readonly workspaceId: number
  /** The number that its events are marked with. */
  readonly source: number
  readonly state: ImportState
  readonly createdMs: number
  readonly file: ImportedFile
  readonly settings: ImportSettings
  readonly progress: ImportProgress
}

export interface ImportedFile {
  readonly name: string
  readonly sizeBytes: number
  readonly sha256: string
  /** A sheet of a workbook, kept as CSV. */
  readonly sheet?: boolean
}

export interface ImportSettings {
  readonly options: ImportOptions & ShapeOptions
  /** IANA zone of times that do not say theirs. */
  readonly zone: string
  readonly dryRun: boolean
  /** As what the file was read; absent before it runs. */
  readonly format?: FileShape['format']
  /** Imports whose rows are taken away before the first of these is stored. */
  readonly replaces?: readonly string[]
  /** So many events were. */
  readonly replaced?: number
}

export interface ImportProgress {
  readonly bytesRead: number
  readonly rows: number
  readonly stored: number
  readonly repeated: number
  /** Their id is here already with other content; absent in imports of earlier programs. */
  readonly collided?: number
  /** The first of them. */
  readonly collisions?: readonly Collision[]
  readonly rejected: number
  /** Says who somebody is, and is no event; absent in what earlier programs wrote down. */
  readonly stated?: number
  readonly rejectsByCode: Readonly<Record<string, number>>
  readonly rejects: readonly Reject[]
  /** Of the rows that are events; absent in imports of earlier programs. */
  readonly money?: MoneyByCurrency
  readonly startedMs: number | null
  readonly endedMs: number | null
  readonly problem: { readonly code: string; readonly detail: string } | null
  /**
   * Rows of the file up to the end of the last chunk that is stored: a run that goes on reads the file
   * again and stores from here. Rows, not chunks: another version may cut other chunks.
   */
  readonly storedTo: number
  /** Last commit before the first chunk that is not known to be stored. */
  readonly commit: number
  /** Later events are refused. Kept, so that a run that goes on decides as the first one did. */
  readonly latestMs: number
}

export const NO_PROGRESS: ImportProgress = {
  bytesRead: 0,
  rows: 0,
  stored: 0,
  repeated: 0,
  rejected: 0,
  rejectsByCode: {},
  rejects: [],
  startedMs: null,
  endedMs: null,
  problem: null,
  storedTo: 0,
  commit: 0,
  latestMs: 0,
}

/** The table of imports. */
export interface ImportRecords {
  /** @returns it with its number */
  readonly add: (record: Omit<ImportRecord, 'source'>) => Promise<ImportRecord>
  readonly find: (workspaceId: number, importId: string) => Promise<ImportRecord | null>
  /** Newest first. @param limit null: all; absent: as many as are shown */
  readonly list: (workspaceId: number, limit?: number | null) => Promise<readonly ImportRecord[]>
  /** By the numbers that their events are marked with, newest first. */
  readonly bySources: (
    workspaceId: number,
    sources: readonly number[],
  ) => Promise<readonly ImportRecord[]>
  /** Of the same file, newest first. */
  readonly bySha256: (workspaceId: number, sha256: string) => Promise<readonly ImportRecord[]>
  /** Of all workspaces, those that were under way, oldest first. */
  readonly running: () => Promise<readonly ImportRecord[]>
  readonly save: (record: ImportRecord) => Promise<void>
  readonly remove: (workspaceId: number, importId: string) => Promise<void>
}

const LISTED = 100

export function importRecords(database: Kysely<Database>): ImportRecords {
  return {
    async add(record) {
      const { source } = await inWorkspace(database, record.workspaceId, (tx) =>
        tx
          .insertInto('imports')
          .values({
            id: record.importId,
            workspace_id: record.workspaceId,
            state: record.state,
            files: storedJson([record.file]),
            options: storedJson(record.settings),
            progress: storedJson(record.progress),
          })
          .returning('source')
          .executeTakeFirstOrThrow(),
      )
      return { ...record, source }
    },
    async find(workspaceId, importId) {
      const row = await inWorkspace(database, workspaceId, (tx) =>
        tx.selectFrom('imports').selectAll().where('id', '=', importId).executeTakeFirst(),
      )
      return row === undefined ? null : recordOf(row)
    },
    async list(workspaceId, limit = LISTED) {
      const rows = await inWorkspace(database, workspaceId, (tx) =>
        tx
          .selectFrom('imports')
          .selectAll()
          .orderBy('created_at', 'desc')
          .$if(limit !== null, (query) => query.limit(limit ?? 0))
          .execute(),
      )
      return rows.map(recordOf)
    },
    async bySources(workspaceId, sources) {
      if (sources.length === 0) return []
      const rows = await inWorkspace(database, workspaceId, (tx) =>
        tx
          .selectFrom('imports')
          .selectAll()
          .where('source', 'in', sources)
          .orderBy('created_at', 'desc')
          .execute(),
      )
      return rows.map(recordOf)
    },
    async bySha256(workspaceId, sha256) {
      const rows = await inWorkspace(database, workspaceId, (tx) =>
        tx
          .selectFrom('imports')
          .selectAll()
          .where(sql`files->0->>'sha256'`, '=', sha256)
          .orderBy('created_at', 'desc')
          .limit(LISTED)
          .execute(),
      )
      return rows.map(recordOf)
    },
    async running() {
      const rows = await asSystem(database, (tx) =>
        tx
          .selectFrom('imports')
          .selectAll()
          .where('state', '=', 'running')
          .orderBy('created_at')
          .execute(),
      )
      return rows.map(recordOf)
    },
    async save(record) {
      await inWorkspace(database, record.workspaceId, (tx) =>
        tx
          .updateTable('imports')
          .set({
            state: record.state,
            options: storedJson(record.settings),
            progress: storedJson(record.progress),
            updated_at: new Date(),
          })
          .where('id', '=', record.importId)
          .execute(),
      )
    },
    async remove(workspaceId, importId) {
      await inWorkspace(database, workspaceId, (tx) =>
        tx.deleteFrom('imports').where('id', '=', importId).execute(),
      )
    },
  }
}

interface Row {
  readonly id: string
  readonly workspace_id: number
  readonly source: number
  readonly state: ImportState
  readonly files: unknown
  readonly options: unknown
  readonly progress: unknown
  readonly created_at: Date
}

// What stands in these columns was written by `save` alone.
function recordOf(row: Row): ImportRecord {
  const [file] = row.files as readonly ImportedFile[]
  return {
    importId: row.id,
    workspaceId: row.workspace_id,
    source: row.source,
    state: row.state,
    createdMs: row.created_at.getTime(),
    file: file ?? { name: '', sizeBytes: 0, sha256: '' },
    settings: row.options as ImportSettings,
    progress: row.progress as ImportProgress,
  }
}
