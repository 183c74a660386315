import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Session } from 'chdb'
import { literal } from '../clickhouse/engine-statement.ts'

// A program of its own: writes the rows of a Parquet file to its output, one JSON object a line.

const [path = '', limit = '0'] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'parcurs-parquet-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

// The reader stops reading once it has seen enough.
process.stdout.on('error', () => process.exit(0))

// One thread and kept order: a row's number in the file is part of what makes it that row.
const settings = [
  'max_threads = 1',
  'max_memory_usage = 700000000',
  'input_format_parquet_preserve_order = 1',
  "session_timezone = 'UTC'",
  'output_format_json_quote_64bit_integers = 1',
  'output_format_json_quote_denormals = 0',
].join(', ')
const top = Number(limit) > 0 ? `LIMIT ${Number(limit)}` : ''
const session = new Session(join(folder, 'engine'))
try {
  const statement = `SELECT * FROM file(${literal(path)}, Parquet) ${top} SETTINGS ${settings}`
  for await (const rows of session.queryStream(statement, { format: 'JSONEachRow' })) {
    if (!process.stdout.write(rows.raw())) {
      await new Promise((resolve) => process.stdout.once('drain', resolve))
    }
  }
  process.exitCode = 0
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
process.stdout.end(() => process.exit())
