import { readFile, rename, writeFile } from 'node:fs/promises'
import { quotes } from '../log/quotes.ts'
import type { ImportRecords } from './import-record.ts'
import type { Spool } from './spool.ts'

/**
 * Drops refused rows that quote one of the ids, from what an import shows and from its rejects file. A file that
 * still waits to be imported is whoever uploaded it's: it is left as it is.
 */
export async function forgetRejects(
  records: ImportRecords,
  spool: Spool,
  workspace: number,
  ids: readonly string[],
): Promise<void> {
  for (const record of await records.list(workspace)) {
    const kept = record.progress.rejects.filter(
      ({ text, detail }) => !quotes(`${text} ${detail}`, ids),
    )
    if (kept.length < record.progress.rejects.length) {
      await records.save({ ...record, progress: { ...record.progress, rejects: kept } })
    }
    await forgetLines(spool.rejects(record.importId), ids)
  }
}

async function forgetLines(path: string, ids: readonly string[]): Promise<void> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const lines = text.split('\n')
  const kept = lines.filter((line) => !quotes(line, ids))
  if (kept.length === lines.length) return
  await writeFile(`${path}.new`, kept.join('\n'), { mode: 0o600 })
  await rename(`${path}.new`, path)
}
