import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collection } from './collection.ts'
import { growth } from './growth.ts'
import { importFile } from './import-file.ts'
import { logReading } from './log-reading.ts'
import { thisMachine } from './machine.ts'
import { type Figure, keep, type Results, table } from './report.ts'
import { screen } from './screen.ts'
import { segments } from './segments.ts'
import { startUp } from './start-up.ts'

// npm run bench [-- --quick] [-- --only=growth,collection,import,log,segments,start,screen]: prints a table and JSON. A whole
// full run is kept in results.md and results.json.

const quick = process.argv.includes('--quick')
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length)
const say = (line: string) => process.stderr.write(`${line}\n`)
const folder = mkdtempSync(join(tmpdir(), 'parcurs-bench-'))
const machine = thisMachine()

const parts: Readonly<Record<string, (home: string) => Promise<readonly Figure[] | string>>> = {
  growth: (home) =>
    growth({
      home,
      sizes: quick ? [200_000, 500_000] : [1_000_000, 5_000_000, 20_000_000],
      rounds: quick ? 2 : 5,
      say,
    }),
  collection: (home) =>
    collection({ home, batches: quick ? 200 : 3_000, rounds: quick ? 1 : 3, say }),
  import: importFile,
  log: (home) =>
    logReading({
      home,
      stored: quick ? 200_000 : 3_000_000,
      secondsEach: quick ? 4 : 15,
      say,
    }),
  segments: (home) =>
    segments({
      home,
      customers: quick ? 20_000 : 1_000_000,
      seconds: quick ? 20 : 600,
      instants: quick ? 2 : 50,
      say,
    }),
  start: startUp,
  screen,
}

const figures: Figure[] = []
const skipped: string[] = []
try {
  for (const [name, part] of Object.entries(parts)) {
    if (only !== undefined && !only.split(',').includes(name)) continue
    say(`part: ${name}`)
    const found = await part(join(folder, name))
    if (typeof found === 'string') skipped.push(found)
    else figures.push(...found)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const results: Results = {
  date: new Date().toISOString().slice(0, 16).replace('T', ' '),
  quick,
  machine,
  figures,
  skipped,
}
process.stdout.write(`${table(results)}\n\n${JSON.stringify(results)}\n`)
if (!quick && only === undefined) keep(results, new URL('./', import.meta.url))
