import { ExportEncoder } from './export-encoder.ts'
import type { EncoderInput, FileEncoder } from './file-encoder.ts'
import { RowEncoder } from './row-encoder.ts'
import type { RowSink } from './row-sink.ts'

/** By what the file is read as. */
export function encoderOf(input: EncoderInput, refuse: RowSink['reject']): FileEncoder {
  return input.mapping.export === null
    ? new RowEncoder(input, refuse)
    : new ExportEncoder(input, refuse)
}
