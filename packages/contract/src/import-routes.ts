import { COLUMN_ROLES, ENCODINGS, EXPORT_KINDS, READ_AS, TIME_FORMATS } from '@parcurs/domain'
import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import { instantMs, slug, workspaceParams } from './fields.ts'
import { route } from './route.ts'

/** What may differ of two events of one id. */
const COLLIDING = [
  'customer',
  'anonymous',
  'time',
  'event',
  'value',
  'currency',
  'order',
  'property',
] as const

const column = z.string().min(1).max(1000)

/** What the user says of a file; what is absent is detected. */
export const importOptions = z.strictObject({
  /** The known export that it is; 'table': none. Absent: told by its shape, unless a column is named. */
  as: z.enum(READ_AS).exactOptional(),
  format: z.enum(['csv', 'tsv', 'jsonl', 'parquet', 'xes']).exactOptional(),
  delimiter: z.enum([',', ';', '\t', '|']).exactOptional(),
  encoding: z.enum(ENCODINGS).exactOptional(),
  /** Of process logs: `all` keeps the start of an activity beside its completion. */
  lifecycle: z.enum(['complete', 'all']).exactOptional(),
  /** So many lines before the header are passed over. */
  skip: z.coerce.number().int().min(0).max(10_000).exactOptional(),
  customer: column.exactOptional(),
  /** The device or browser beside the user; '': none. */
  anonymous: z.string().max(1000).exactOptional(),
  /** The time of day, where `time` is a date only; '': none. */
  clock: z.string().max(1000).exactOptional(),
  time: column.exactOptional(),
  timeFormat: z.enum(TIME_FORMATS).exactOptional(),
  /** `1,234.50` or `1.234,50`. */
  decimal: z.enum(['point', 'comma']).exactOptional(),
  event: column.exactOptional(),
  eventName: z.string().trim().min(1).max(200).exactOptional(),
  /** A column or a product of two, `Quantity*UnitPrice`; '': the events have no value. */
  value: z.string().max(2000).exactOptional(),
  id: column.exactOptional(),
  channel: column.exactOptional(),
  url: column.exactOptional(),
  currency: column.exactOptional(),
  order: column.exactOptional(),
  /** Words such as `null` and `guest` are ids like any other. */
  anyId: z.boolean().exactOptional(),
  /** Which of several shops or programs wrote it: its ids and orders are apart from theirs. */
  source: z.string().trim().min(1).max(100).exactOptional(),
  tz: z.string().min(1).max(60).exactOptional(),
})

const reject = z.strictObject({
  line: z.int(),
  code: z.string(),
  /** The value and what was expected. */
  detail: z.string(),
  /** The row, cut short. */
  text: z.string(),
})

const foundColumn = z.strictObject({
  role: z.enum(COLUMN_ROLES),
  columns: z.array(z.string()),
  /** The one event name of all rows; null: columns fill the role. */
  text: z.string().nullable(),
  confidence: z.enum(['given', 'sure', 'likely', 'guess']),
  reason: z.strictObject({
    kind: z.enum([
      'given',
      'name',
      'content',
      'product',
      'money',
      'pages',
      'fuller',
      'export',
      'nothing-better',
    ]),
    share: z.number().exactOptional(),
  }),
  examples: z.array(z.string()),
})

/** What keeps the file from being imported until more is said. */
const fileProblem = z.strictObject({
  code: z.string(),
  /** In English; the code and the columns say the same to other languages. */
  detail: z.string(),
})

/** What of the file is here already. */
const importAgain = z.strictObject({
  /** Events of the first rows that were looked for. */
  rows: z.int(),
  /** Of them here. */
  here: z.int(),
  /**
   * They are here under other ids (one of the two readings takes an id from a column): imported beside the first, they
   * count twice. Otherwise what is here already is passed over.
   */
  double: z.boolean(),
  /** What brought them, newest first. */
  imports: z.array(
    z.strictObject({
      importId: z.string(),
      name: z.string(),
      createdMs: instantMs,
      /** Of the first rows those that it brought. */
      rows: z.int(),
      /** Events that it brought in all. */
      stored: z.int(),
    }),
  ),
})

/** A row whose id is here already with other content; it is not stored. */
const collision = z.strictObject({
  line: z.int(),
  id: z.string(),
  /** The event that is here: a row (from 1, without the header) of a file that was imported; nulls: calls brought it, or an import that is forgotten. */
  place: z.strictObject({
    importId: z.string().nullable(),
    name: z.string().nullable(),
    row: z.int().nullable(),
  }),
  /** The first things that both say and say otherwise. */
  differs: z.array(
    z.strictObject({
      what: z.enum(COLLIDING),
      /** Of a property. */
      name: z.string(),
      here: z.string(),
      there: z.string(),
    }),
  ),
})

export const importLook = z.strictObject({
  /** Null: the file is none that can be read; `problems` says why. */
  file: z
    .strictObject({
      format: z.enum(['csv', 'jsonl', 'parquet', 'xes', 'xlsx']),
      gzip: z.boolean(),
      encoding: z.string(),
      /** By a mark at the beginning, by content, or as the user says; null: the format has one encoding. */
      encodingTold: z.enum(['mark', 'content', 'given']).nullable(),
      /** Lines passed over before the header: `sep=;`, titles, comments. */
      skippedLines: z.int(),
      /** Of csv. */
      delimiter: z.string().nullable(),
      /** The first line holds the columns' names. */
      header: z.boolean(),
      /** JSON that is not cut into lines; null: it is, or no JSON. */
      document: z
        .strictObject({
          /** Where the list of rows stands, with dots; '': the file is the list, or its objects one after the other. */
          path: z.string(),
          /** What stands beside the list and is not read. */
          beside: z.array(z.string()),
        })
        .nullable(),
    })
    .nullable(),
  columns: z.array(z.string()),
  /** The known export that it is read as; null: a table. */
  export: z.enum(EXPORT_KINDS).nullable(),
  found: z.array(foundColumn),
  /** Columns whose names say a role and that were not taken, and why. */
  unused: z.array(
    z.strictObject({
      role: z.enum(COLUMN_ROLES),
      column: z.string(),
      why: z.enum(['order-lines', 'not-unique', 'not-amounts']),
    }),
  ),
  timeFormat: z.string().nullable(),
  /** Zone of times that do not say theirs; null: all of them do. */
  zone: z.string().nullable(),
  /** Nobody named the zone: the workspace's was taken. */
  zoneAssumed: z.boolean(),
  problems: z.array(fileProblem),
  /** Null: nothing of it is here. */
  again: importAgain.nullable(),
  sample: z.strictObject({
    rows: z.int(),
    rejected: z.int(),
    rejects: z.array(reject),
    examples: z.array(
      z.strictObject({
        customer: z.string(),
        timeMs: instantMs.nullable(),
        event: z.string(),
        value: z.number().nullable(),
      }),
    ),
  }),
})

export const importView = z.strictObject({
  importId: z.string(),
  name: z.string(),
  sizeBytes: z.int(),
  state: z.enum(['uploaded', 'running', 'done', 'failed', 'cancelled']),
  /** The file was only read: nothing was stored. */
  dryRun: z.boolean(),
  /** What the rejects file is: CSV of files of rows, else JSON lines. Mended, either can be imported. */
  rejectsFormat: z.enum(['csv', 'jsonl']),
  createdMs: instantMs,
  progress: z.strictObject({
    bytesRead: z.int(),
    /** Of the file so far; those refused included. */
    rows: z.int(),
    stored: z.int(),
    /** Stored before: the file, or a part of it, was imported already. */
    repeated: z.int(),
    /** Rows of a known export that say who somebody is: traits, a group, another name. */
    stated: z.int(),
    /** Their id is here already with other content: not stored. */
    collided: z.int(),
    /** Events of former imports that these took the place of. */
    replaced: z.int(),
    rejected: z.int(),
    rejectsByCode: z.record(z.string(), z.int()),
    /** Money of other currencies than the workspace's: it is kept and does not count. */
    otherMoney: z.array(
      z.strictObject({ currency: z.string(), events: z.int(), amount: z.number() }),
    ),
    /** The workspace's. */
    currency: z.string(),
    startedMs: instantMs.nullable(),
    endedMs: instantMs.nullable(),
    /** Rows a second, over the whole run so far. */
    rate: z.number().nullable(),
  }),
  /** The first of the refused rows; all of them are in the rejects file. */
  rejects: z.array(reject),
  /** The first of those whose id is here already with other content. */
  collisions: z.array(collision),
  /** Why it failed; what was read before is stored. */
  problem: fileProblem.nullable(),
})

/** Why a file of an archive, or a sheet of a workbook, is not read. */
const PASSED_OVER = {
  'archive-inside': 'is an archive itself: unpack it',
  encrypted: 'takes a password',
  'unknown-method': 'is packed in a way that is not read here',
  damaged: 'is damaged',
  'no-rows': 'has no row below a header',
  'unsaved-formulas':
    'has formulas without their values: open it in a spreadsheet program, save it, and import it again',
} as const

/** In English, behind a name. */
export function passedOverText(why: keyof typeof PASSED_OVER): string {
  return PASSED_OVER[why]
}

const importUpload = z.strictObject({
  /** The first of `files`. */
  importId: z.string(),
  /** Of the file as it was sent. */
  sizeBytes: z.int(),
  sha256: z.string(),
  /** An import for the file, for each file of an archive, for each sheet of a workbook that has rows. */
  files: z.array(z.strictObject({ importId: z.string(), name: z.string(), sizeBytes: z.int() })),
  /** What of an archive or workbook is not read. */
  passedOver: z.array(
    z.strictObject({
      name: z.string(),
      why: z.enum([
        'archive-inside',
        'encrypted',
        'unknown-method',
        'damaged',
        'no-rows',
        'unsaved-formulas',
      ]),
    }),
  ),
})

const importParams = z.strictObject({ workspace: slug, importId: z.string().min(1).max(40) })

export const importRoutes = {
  imports: route({
    ...ADDRESSES.imports,
    access: 'viewer',
    summary: 'The imports of the workspace, newest first',
    tag: 'Imports',
    params: workspaceParams,
    answer: z.array(importView),
  }),
  upload: route({
    ...ADDRESSES.upload,
    access: 'editor',
    summary:
      'Upload a file (CSV, JSON, Parquet, XES, each also gzipped, .xlsx, or a .zip of such files) as the body',
    tag: 'Imports',
    params: workspaceParams,
    query: z.strictObject({ name: z.string().trim().min(1).max(300) }),
    bytes: true,
    answer: importUpload,
    status: 201,
    problems: ['disk-full', 'archive-refused'],
  }),
  look: route({
    ...ADDRESSES.look,
    access: 'editor',
    summary: 'What the uploaded file is, what its columns are, and what its first rows would give',
    tag: 'Imports',
    params: importParams,
    body: importOptions,
    answer: importLook,
    problems: ['not-found', 'import-over'],
  }),
  run: route({
    ...ADDRESSES.run,
    access: 'editor',
    summary: 'Begin to import the file; ask for the import to see how far it is',
    tag: 'Imports',
    params: importParams,
    body: z.strictObject({
      options: importOptions.exactOptional(),
      /** Read the whole file and store nothing. */
      dryRun: z.boolean().exactOptional(),
      /** Imports that this one takes the place of: what they brought is taken away first. */
      replace: z.array(z.string().min(1).max(40)).max(100).exactOptional(),
      /** Also where the same rows are here under other ids, and would count twice. */
      keep: z.boolean().exactOptional(),
    }),
    answer: importView,
    status: 202,
    problems: ['not-found', 'import-over', 'import-unclear', 'import-again'],
  }),
  import: route({
    ...ADDRESSES.import,
    access: 'viewer',
    summary: 'How far an import is and what became of its rows',
    tag: 'Imports',
    params: importParams,
    answer: importView,
    problems: ['not-found'],
  }),
  rejects: route({
    ...ADDRESSES.rejects,
    access: 'viewer',
    summary: 'Every refused row with its line and reason, as a file to mend and import',
    tag: 'Imports',
    params: importParams,
    answersBytes: 'text/csv; charset=utf-8',
    problems: ['not-found'],
  }),
  cancel: route({
    ...ADDRESSES.cancel,
    access: 'editor',
    summary:
      'Stop an import that runs, else forget its file and refused rows; what it stored stays, and so does the import while that is there',
    tag: 'Imports',
    params: importParams,
    problems: ['not-found'],
  }),
}
