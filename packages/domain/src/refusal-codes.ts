// Codes of what is refused beyond the schemas. They are public: they stand in files, answers and logs; never reused, never renamed.

/** Why a row of a file was refused. */
export const ROW_REJECTS = [
  'no-customer',
  'time-unreadable',
  'time-out-of-range',
  'event-name-missing',
  'event-name-too-long',
  'value-not-a-number',
  'id-missing',
  'too-few-fields',
  'too-many-fields',
  'quote-never-closed',
  'text-after-quote',
  'row-too-long',
  'not-utf8',
  'nul-character',
  'not-json',
  'not-an-object',
  'too-many-columns',
  'xml-broken',
] as const
export type RowReject = (typeof ROW_REJECTS)[number]

/** Why a file could not be imported, or not to its end. */
export const FILE_PROBLEMS = [
  'column-unknown',
  'time-not-found',
  'customer-not-found',
  'time-not-readable',
  'time-ambiguous',
  'value-not-numeric',
  'value-ambiguous',
  'zone-unknown',
  'columns-of-export',
  'export-lacks',
  'event-twice',
  'no-rows',
  'no-delimiter',
  'file-empty',
  'file-binary',
  'json-array',
  'format-contradicts',
  'file-unreadable',
  'file-broken',
  'import-failed',
] as const
export type FileProblem = (typeof FILE_PROBLEMS)[number]

/** Why a call to the collector was refused. */
export const CALL_REFUSALS = [
  'call-invalid',
  'call-too-large',
  'type-unknown',
  'identity-missing',
  'time-invalid',
  'time-in-future',
  'time-too-old',
  'value-too-large',
  'properties-invalid',
  'traits-invalid',
  'server-key-needed',
  'alias-too-often',
] as const
export type CallRefusal = (typeof CALL_REFUSALS)[number]
