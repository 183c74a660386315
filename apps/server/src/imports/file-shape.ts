import type { Encoding } from '@parcurs/domain'
import { type CsvShape, csvShape } from './csv-shape.ts'
import { decoded, type EncodingFound, encodingOf } from './encoding.ts'
import { type JsonDocument, jsonDocument } from './json-document.ts'
import type { Lifecycle } from './xes-reader.ts'

/** What a file is, told by its first bytes. */
export type FileShape =
  | ({ readonly format: 'csv'; readonly gzip: boolean } & EncodingFound & CsvShape)
  | ({
      readonly format: 'jsonl'
      readonly gzip: boolean
      /** Null: one object a line. */
      readonly document: JsonDocument | null
    } & EncodingFound)
  | { readonly format: 'xes'; readonly gzip: boolean; readonly lifecycle: Lifecycle }
  | { readonly format: 'parquet'; readonly gzip: boolean }

export const FILE_FORMATS = ['csv', 'tsv', 'jsonl', 'parquet', 'xes'] as const

/** `tsv` is csv whose delimiter is the tab. */
export type FileFormat = (typeof FILE_FORMATS)[number]

export type ShapeProblem =
  | { readonly code: 'file-empty' }
  /** Neither text nor a format that is read; `guess` says what it looks like, where that can be told. */
  | { readonly code: 'file-binary'; readonly guess: string | null }
  /** JSON, but its list holds no objects. */
  | { readonly code: 'json-array' }
  | { readonly code: 'no-delimiter'; readonly line: string }
  | { readonly code: 'format-contradicts'; readonly asked: FileFormat; readonly found: string }

export type ShapeFound =
  | { readonly ok: true; readonly shape: FileShape }
  | { readonly ok: false; readonly problem: ShapeProblem }

export interface ShapeOptions {
  readonly format?: FileFormat
  readonly delimiter?: string
  readonly encoding?: Encoding
  /** So many lines before the header are passed over. */
  readonly skip?: number
  /** Of process logs: whether a start and its completion are one event; else `complete`. */
  readonly lifecycle?: Lifecycle
}

const found = (shape: FileShape): ShapeFound => ({ ok: true, shape })
const problem = (problem: ShapeProblem): ShapeFound => ({ ok: false, problem })

/**
 * @param head the first bytes of the file, unpacked
 * @param whole `head` is all there is
 */
export function fileShape(
  head: Buffer,
  { gzip, whole }: { readonly gzip: boolean; readonly whole: boolean },
  options: ShapeOptions,
): ShapeFound {
  if (head.length === 0) return problem({ code: 'file-empty' })
  const asked = options.format
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') {
    return asked === undefined || asked === 'parquet'
      ? found({ format: 'parquet', gzip })
      : problem({ code: 'format-contradicts', asked, found: 'parquet' })
  }
  const told =
    options.encoding === undefined
      ? encodingOf(head, whole)
      : ({ encoding: options.encoding, told: 'given' } as const)
  if (told === null || asked === 'parquet') {
    return problem({ code: 'file-binary', guess: knownBinary(head) })
  }
  const text = decoded(head, told.encoding)
  const start = text.trimStart()
  if (start === '') return problem({ code: 'file-empty' })
  const xml = start.startsWith('<')
  if (asked === 'xes' || (asked === undefined && xml && /<log[\s>]/.test(start))) {
    return xml
      ? found({ format: 'xes', gzip, lifecycle: options.lifecycle ?? 'complete' })
      : problem({ code: 'format-contradicts', asked: 'xes', found: 'no XML' })
  }
  if (asked === undefined && xml) return problem({ code: 'file-binary', guess: 'XML or HTML' })
  const json = asked === 'jsonl' || asked === undefined
  if (json && /^\[\s*(?:[[\]]|$)/.test(start)) return problem({ code: 'json-array' })
  if (asked === 'jsonl' || (json && /^(?:\[\s*)?\{/.test(start))) {
    return found({ format: 'jsonl', gzip, document: jsonDocument(start, whole), ...told })
  }
  const delimiter = asked === 'tsv' ? '\t' : options.delimiter
  const { skip } = options
  const shape = csvShape(text, whole, {
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(skip === undefined ? {} : { skip }),
  })
  if (shape === null) {
    return problem({
      code: 'no-delimiter',
      line: start.split(/\r?\n|\r/, 1)[0]?.slice(0, 120) ?? '',
    })
  }
  return found({ format: 'csv', gzip, ...told, ...shape })
}

const BINARIES: readonly (readonly [hex: string, name: string])[] = [
  ['504b0304', 'a zip archive inside another file: unpack it'],
  ['d0cf11e0', 'an old Excel workbook: save it as .xlsx'],
  ['25504446', 'a PDF'],
  ['89504e47', 'a PNG picture'],
  ['ffd8ff', 'a JPEG picture'],
  ['28b52ffd', 'a zstd archive: unpack it, or use gzip'],
  ['425a68', 'a bzip2 archive: unpack it, or use gzip'],
  ['fd377a58', 'an xz archive: unpack it, or use gzip'],
  ['4f626a01', 'an Avro file'],
  ['4f5243', 'an ORC file'],
  ['53514c69746520', 'an SQLite database'],
]

function knownBinary(head: Buffer): string | null {
  const hex = head.subarray(0, 8).toString('hex')
  return BINARIES.find(([magic]) => hex.startsWith(magic))?.[1] ?? null
}
