import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

// Whoever writes CSV must guard formulas. Here are all who do, found by what writing CSV takes.

const root = resolve(import.meta.dirname, '..')
const sources = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'apps', 'packages'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/testing\//.test(file))
  .filter((file) => existsSync(join(root, file)))

/** To double quotes or have it done, to have the store write CSV, to say that an answer is CSV. */
const WRITES =
  /replaceAll\('"', '""'\)|'CSVWithNames\w*'|FORMAT (CSV|TSV|TabSeparated)|text\/csv|csvCell\(|FORMULA_START\b/

/** Who it is, and by what its cells are guarded; null: it writes for ourselves alone, or only says that it is CSV. */
const WRITERS: Readonly<Record<string, RegExp | null>> = {
  'packages/domain/src/csv/csv-cell.ts': /function guarded/,
  // Of lists, in the browser.
  'apps/web/src/lists/list-csv.ts': /csvCell\(/,
  // Of refused rows: a row is given as it stands in the file, and guarded where it is written.
  'apps/server/src/imports/reject.ts': /guardedRow\(/,
  // Of a segment's ids: the store writes, by a query that guards.
  'apps/server/src/membership/membership-routes.ts': /exportRowsQuery\(/,
  'packages/analytics/src/membership/export-query.ts': /FORMULA_START/,
  'packages/domain/src/index.ts': null,
  'packages/contract/src/segment-routes.ts': null,
  'packages/contract/src/import-routes.ts': null,
  // A row on its way to the rejects.
  'apps/server/src/imports/read-row.ts': null,
  // A sheet of a workbook on its way through the reader of CSV.
  'apps/server/src/imports/sheet-csv.ts': null,
  'apps/server/src/clickhouse/clickhouse.ts': null,
}

test('[CV2] whoever writes CSV is known, and guards what a spreadsheet would run', () => {
  const found = sources.filter((file) => WRITES.test(readFileSync(join(root, file), 'utf8')))
  expect(found.filter((file) => !(file in WRITERS))).toEqual([])
  expect(Object.keys(WRITERS).filter((file) => !found.includes(file))).toEqual([])
  for (const [file, guard] of Object.entries(WRITERS)) {
    if (guard !== null) expect(readFileSync(join(root, file), 'utf8'), file).toMatch(guard)
  }
})
