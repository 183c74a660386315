// A process with one reader: what it reads it writes into the table `seen`, in the transaction it is given.
// Started and killed by log-kills.db.test.ts; told by its parent which stores to open.
import { sql } from 'kysely'
import { connectClickHouse } from '../clickhouse/client.ts'
import { openEventStore } from '../log/event-store.ts'
import { openLogReaders } from '../log/log-readers.ts'
import { openDatabase } from '../postgres/database.ts'
import type { ReaderTask } from './reader-process.ts'

process.once('message', (task: ReaderTask) => {
  void read(task)
})

async function read({ postgres, clickhouse: { address, database: name } }: ReaderTask) {
  const database = await openDatabase({ connection: postgres }, 5)
  const clickhouse = connectClickHouse({ address: async () => address, database: name })
  const signal = new AbortController().signal
  const store = openEventStore({ database, clickhouse }, { alone: false, signal })
  const readers = openLogReaders({
    store,
    pollMs: 20,
    pieceEvents: 20,
    onError: (error) => process.stderr.write(`${String(error)}\n`),
  })
  readers.open({
    name: 'killed',
    begins: 'at-start',
    wants: null,
    ticksMs: null,
    async work({ transaction, workspace, entries }) {
      for (const entry of entries) {
        if (entry.entry !== 'event') continue
        await sql`
          insert into seen (workspace, message)
          values (${workspace}, ${entry.properties['id'] ?? ''})`.execute(transaction)
      }
    },
  })
  process.send?.('reading')
}
