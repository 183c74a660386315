import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drainPending, Session } from 'chdb'
import type { EngineSettings } from './engine-settings.ts'
import { literal } from './engine-statement.ts'
import { lane } from './lane.ts'

/** A question is what its asker does not wait for without end; what has no limit of time is the program's own work. */
export type StatementKind = 'question' | 'read' | 'write'

export interface Engine {
  /** Runs `work` in a session that nobody used before and nobody will use after. */
  session<T>(kind: StatementKind, work: (session: Session) => Promise<T>): Promise<T>
  /** Ends the statement that runs under this id, wherever it is. */
  kill(id: string): Promise<void>
  close(): Promise<void>
}

const QUESTIONS = 8
const READERS = 8
const WRITERS = 6

/**
 * chDB behind a session per statement.
 * TRICKY: a session remembers its settings, parameters and database, and after a statement that
 * fails half-way the rows it had made are prepended to the next answer of that session: somebody
 * else's data. Opening one takes 0.2 ms, so no session is ever used twice.
 */
export function openEngine(settings: EngineSettings, configXml: string): Engine {
  const { folder, spoolFolder, threads, memoryBytes } = settings
  rmSync(spoolFolder, { recursive: true, force: true })
  mkdirSync(spoolFolder, { recursive: true, mode: 0o700 })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const configFile = join(spoolFolder, 'engine.xml')
  writeFileSync(configFile, configXml)
  const open = () =>
    new Session(folder, {
      connectionArgs: [
        `--config-file=${configFile}`,
        `--max_threads=${threads}`,
        `--max_memory_usage=${Math.floor(memoryBytes * 0.8)}`,
        '--max_insert_threads=1',
        // Parameters arrive as one SET statement, long lists of keys included.
        '--max_query_size=67108864',
      ],
    })
  // Keeps the engine loaded while no statement runs, and ends statements from outside.
  const control = open()
  const lanes = { question: lane(QUESTIONS), read: lane(READERS), write: lane(WRITERS) }
  return {
    session: (kind, work) =>
      lanes[kind](async () => {
        const session = open()
        try {
          return await work(session)
        } finally {
          session.close()
        }
      }),
    async kill(id) {
      await control.queryAsync(`KILL QUERY WHERE Settings['log_comment'] = ${literal(id)} ASYNC`)
    },
    async close() {
      await drainPending()
      control.close()
    },
  }
}
