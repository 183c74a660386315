import { isUtf8 } from 'node:buffer'
import type { Encoding } from './byte-source.ts'
import type { CsvShape } from './csv-reader.ts'

/** What a file is, told by its first bytes. */
export type FileShape =
  | ({ readonly format: 'csv'; readonly encoding: Encoding; readonly gzip: boolean } & CsvShape)
  | { readonly format: 'jsonl'; readonly encoding: Encoding; readonly gzip: boolean }
  | { readonly format: 'xes'; readonly gzip: boolean }
  | { readonly format: 'parquet'; readonly gzip: boolean }

export const FILE_FORMATS = ['csv', 'tsv', 'jsonl', 'parquet', 'xes'] as const

/** `tsv` is csv whose delimiter is the tab. */
export type FileFormat = (typeof FILE_FORMATS)[number]

export type ShapeProblem =
  | { readonly code: 'file-empty' }
  /** Neither text nor a format that is read; `guess` says what it looks like, where that can be told. */
  | { readonly code: 'file-binary'; readonly guess: string | null }
  | { readonly code: 'json-array' }
  | { readonly code: 'no-delimiter'; readonly line: string }
  | { readonly code: 'format-contradicts'; readonly asked: FileFormat; readonly found: string }

export type ShapeFound =
  | { readonly ok: true; readonly shape: FileShape }
  | { readonly ok: false; readonly problem: ShapeProblem }

export interface ShapeOptions {
  readonly format?: FileFormat
  readonly delimiter?: string
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
  const encoding = encodingOf(head, whole)
  if (encoding === null || asked === 'parquet') {
    return problem({ code: 'file-binary', guess: knownBinary(head) })
  }
  const text = new TextDecoder(encoding).decode(head)
  const start = text.trimStart()
  if (start === '') return problem({ code: 'file-empty' })
  const xml = start.startsWith('<')
  if (asked === 'xes' || (asked === undefined && xml && /<log[\s>]/.test(start))) {
    return xml
      ? found({ format: 'xes', gzip })
      : problem({ code: 'format-contradicts', asked: 'xes', found: 'no XML' })
  }
  if (asked === undefined && xml) return problem({ code: 'file-binary', guess: 'XML or HTML' })
  if (asked === 'jsonl' || (asked === undefined && start.startsWith('{'))) {
    return found({ format: 'jsonl', encoding, gzip })
  }
  if (asked === undefined && /^\[\s*[{[\]]/.test(start)) return problem({ code: 'json-array' })
  const shape = csvShape(text, whole, asked === 'tsv' ? '\t' : options.delimiter)
  if (shape === null) {
    return problem({
      code: 'no-delimiter',
      line: start.split(/\r?\n|\r/, 1)[0]?.slice(0, 120) ?? '',
    })
  }
  return found({ format: 'csv', encoding, gzip, ...shape })
}

/** Null: the bytes are no text. */
function encodingOf(head: Buffer, whole: boolean): Encoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  if (head.includes(0)) {
    // UTF-16 without a mark: every second byte of western text is 0.
    const odd = head.subarray(0, 1000).filter((byte, i) => byte === 0 && i % 2 === 1).length
    const even = head.subarray(0, 1000).filter((byte, i) => byte === 0 && i % 2 === 0).length
    const half = Math.min(head.length, 1000) / 2
    if (odd > half * 0.7 && even < half * 0.1) return 'utf-16le'
    if (even > half * 0.7 && odd < half * 0.1) return 'utf-16be'
    return null
  }
  const controls = head.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)
  if (controls.length > head.length * 0.02) return null
  const end = whole ? head.length : head.lastIndexOf(10) + 1 || head.length
  if (isUtf8(head.subarray(0, end))) return 'utf-8'
  const { valid, broken } = multibyte(head.subarray(0, end))
  // A few broken letters among good ones: UTF-8 whose broken rows are refused. Else the old Western page.
  return valid > broken ? 'utf-8' : 'windows-1252'
}

/** How many characters of several bytes are well formed, and how many bytes are not. */
function multibyte(bytes: Buffer): { readonly valid: number; readonly broken: number } {
  let valid = 0
  let broken = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 0
    if (length > 0 && isUtf8(bytes.subarray(at, at + length))) {
      valid++
      at += length - 1
    } else broken++
  }
  return { valid, broken }
}

const BINARIES: readonly (readonly [hex: string, name: string])[] = [
  ['504b0304', 'a zip archive or an Excel workbook: unpack it, or save the sheet as CSV'],
  ['d0cf11e0', 'an old Excel workbook: save the sheet as CSV'],
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

const DELIMITERS = [',', '\t', ';', '|']

function csvShape(text: string, whole: boolean, asked: string | undefined): CsvShape | null {
  const carriageReturns = !text.includes('\n') && text.includes('\r')
  const newline = carriageReturns ? '\r' : '\n'
  const lines = text.split(newline).slice(0, 200)
  if (!whole && lines.length > 1) lines.pop()
  const filled = lines.filter((line) => line.trim() !== '')
  const delimiter = asked ?? bestDelimiter(filled)
  if (delimiter === null) return null
  return { delimiter, header: !looksLikeData(filled[0] ?? '', delimiter), carriageReturns }
}

/** The one that cuts most lines into as many fields as the first. */
function bestDelimiter(lines: readonly string[]): string | null {
  const scores = DELIMITERS.map((delimiter) => {
    const counts = lines.map((line) => fieldCount(line, delimiter))
    const width = counts[0] ?? 1
    const alike = counts.filter((count) => count === width).length / counts.length
    return { delimiter, width, score: width < 2 ? 0 : alike * Math.min(1, 0.5 + width / 20) }
  })
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score > 0.1 ? best.delimiter : null
}

function fieldCount(line: string, delimiter: string): number {
  let count = 1
  let quoted = false
  for (const character of line) {
    if (character === '"') quoted = !quoted
    else if (character === delimiter && !quoted) count++
  }
  return count
}

// Names of columns are no dates and no numbers.
function looksLikeData(line: string, delimiter: string): boolean {
  return line
    .split(delimiter)
    .some((field) => /^"?\s*(\d{4}-\d{2}-\d{2}([ T].*)?|-?\d+\.\d+|\d{8,})\s*"?\r?$/.test(field))
}
