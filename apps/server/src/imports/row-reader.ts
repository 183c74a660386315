import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { childProgram } from '../processes/child-program.ts'
import { asUtf8, BrokenArchive, unpacked } from './byte-source.ts'
import { CsvReader } from './csv-reader.ts'
import type { FileShape } from './file-shape.ts'
import { JsonCells } from './json-cells.ts'
import { JsonDocumentReader } from './json-document-reader.ts'
import { JsonReader } from './json-reader.ts'
import type { RowReader, RowSink } from './row-sink.ts'
import { withoutRejectColumns, withoutRejectFields } from './reject.ts'
import { XesReader } from './xes-reader.ts'

export function rowReader(shape: FileShape, sink: RowSink): RowReader {
  switch (shape.format) {
    case 'csv':
      return new CsvReader(shape, withoutRejectColumns(new JsonCells(sink)))
    case 'jsonl':
      return shape.document === null
        ? new JsonReader(withoutRejectFields(sink))
        : new JsonDocumentReader(sink, shape.document.path)
    case 'parquet':
      return new JsonReader(withoutRejectFields(sink))
    case 'xes':
      return new XesReader(sink, shape.lifecycle)
  }
}

/** A Parquet file that the engine cannot read. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
}

/**
 * What a file's reader is to be fed: its unpacked text as UTF-8; of Parquet its rows as JSON lines.
 *
 * @param rowLimit as many rows of a Parquet file, which is not read in order of its bytes
 * @throws BrokenArchive, UnreadableFile
 */
export async function* piecesOf(
  path: string,
  shape: FileShape,
  onRead: (bytes: number) => void,
  rowLimit: number | null = null,
): AsyncGenerator<Buffer> {
  if (shape.format === 'parquet') {
    yield* parquetLines(path, shape.gzip, rowLimit)
    return
  }
  const encoding = shape.format === 'xes' ? 'utf-8' : shape.encoding
  yield* asUtf8(unpacked(path, shape.gzip, onRead), encoding)
}

/**
 * By an engine of its own in a process of its own, whichever store the program uses: a server elsewhere
 * cannot read our files, and a file made to crash a reader crashes nothing but this process.
 */
async function* parquetLines(
  path: string,
  gzip: boolean,
  rowLimit: number | null,
): AsyncGenerator<Buffer> {
  const plain = gzip ? `${path}.parquet` : path
  if (gzip) await pipeline(unpacked(path, true), createWriteStream(plain))
  const [program, ...rest] = childProgram('parquet-main', import.meta.url)
  if (program === undefined) throw new Error('no program to read Parquet with')
  const child = spawn(process.execPath, [program, ...rest, plain, String(rowLimit ?? 0)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said = (said + text.toString('utf8')).slice(-4000)
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  try {
    for await (const piece of child.stdout) {
      if (Buffer.isBuffer(piece)) yield piece
    }
    if ((await ended) !== 0) {
      const reason = /DB::Exception: (.{1,300}?)(?:\. \(|\n|$)/s.exec(said)?.[1]
      throw new UnreadableFile(reason ?? 'the reader of Parquet files ended')
    }
  } finally {
    child.kill('SIGKILL')
    await ended
    if (gzip) await rm(plain, { force: true })
  }
}

export function isBrokenFile(error: unknown): error is BrokenArchive | UnreadableFile {
  return error instanceof BrokenArchive || error instanceof UnreadableFile
}
