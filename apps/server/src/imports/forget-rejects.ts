import { readFile, rename, writeFile } from 'node:fs/promises'
import { quotes } from '../log/quotes.ts'
import type { ImportRecords } from './import-record.ts'
import type { Spool } from './spool.ts'

/**
 * Drops refused rows, and clashes of ids, that quote one of the ids, from what an import shows and from its rejects file. A file that
 * still waits to be imported is whoever uploaded it's: it is left as it is.
 */
export async function forgetRejects(
  records: ImportRecords,
  spool: Spool,
  workspace: number,
  ids: readonly string[],
): Promise<void> {
  for (const record of await records.list(workspace, null)) {
    const { progress } = record
    const rejects = progress.rejects.filter(({ text, detail }) => !quotes(`${text} ${detail}`, ids))
    const collisions = (progress.collisions ?? []).filter(
      ({ id, differs }) =>
        !quotes([id, ...differs.flatMap(({ here, there }) => [here, there])].join(' '), ids),
    )
    const dropped =
      rejects.length < progress.rejects.length ||
      collisions.length < (progress.collisions?.length ?? 0)
    if (dropped) await records.save({ ...record, progress: { ...progress, rejects, collisions } })
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
