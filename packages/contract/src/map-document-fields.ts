import {
  EDIT_REFUSALS,
  fieldsOf,
  MAP_ID,
  MAP_LINK,
  MAP_RANK,
  MAP_TABLES,
  type MapChange,
  type MapDocument,
  type MapField,
  type MapTable,
  type NumberedEdit,
  REFERENCE_REFUSALS,
} from '@parcurs/domain'
import { z } from 'zod'
import { instantMs } from './fields.ts'
import { FORMS } from './form.ts'

// Made from the table of the domain: a field that is added there is sent, answered and documented here.

/** Of a row of a map. */
export const rowId = z.string().regex(MAP_ID, FORMS.plain)
// oxlint-disable-next-line no-control-regex -- line ends and tabs are text
const proseText = /^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Surrogate}]*$/u
const lineText = /^[^\p{Cc}\p{Surrogate}]*$/u

/** What one field of a row may hold. */
function holding(field: MapField): z.ZodType {
  const schema = ofKind(field)
  return field.nullable ? schema.nullable() : schema
}

function ofKind({ kind, least, most, values }: MapField): z.ZodType {
  switch (kind) {
    case 'line':
      return z.string().max(most).regex(lineText, FORMS.plain)
    case 'prose':
      return z.string().max(most).regex(proseText, FORMS.plain)
    case 'link':
      return z.string().max(most).regex(MAP_LINK, FORMS.link)
    case 'choice':
      return z.enum([...values])
    case 'flag':
      return z.boolean()
    case 'number':
      return z.number().min(least).max(most)
    case 'whole':
      return z.int().min(least).max(most)
    case 'instant':
      return z.int().min(least).max(most)
    case 'rank':
      return z.string().min(least).max(most).regex(MAP_RANK, FORMS.rank)
    case 'parent':
    case 'reference':
      return rowId
    case 'ids':
      return z.array(rowId).max(most)
    case 'tags':
      return z.array(z.string().min(1).max(60).regex(lineText, FORMS.plain)).max(most)
  }
}

function shapeOf(table: MapTable, sent: boolean) {
  return Object.fromEntries(
    Object.entries(fieldsOf(table))
      .filter(([, { writer }]) => !sent || writer !== 'server')
      .map(([name, field]) => [name, holding(field)]),
  )
}

/** A map as rows: each table's by id. */
export const mapDocument = z.strictObject(
  Object.fromEntries(
    MAP_TABLES.map((table) => [table, z.record(rowId, z.strictObject(shapeOf(table, false)))]),
  ),
  // Made from the same table as the type; a shape that is computed has lost its names for the compiler.
) as unknown as z.ZodType<MapDocument>

const row = (table: MapTable, sent: boolean) =>
  z.strictObject(shapeOf(table, sent)).partial().nullable()

function changeOf(sent: boolean): z.ZodType<MapChange> {
  const [first, ...others] = MAP_TABLES.map((table) =>
    z.strictObject({
      table: z.literal(table),
      id: rowId,
      /** What its author saw; a field left out was not looked at. null: there was no such row, it is put. */
      from: row(table, false),
      /** null: the row is cut, with what stands in it. */
      to: row(table, sent),
    }),
  )
  if (first === undefined) throw new Error('a map has no tables')
  return z.discriminatedUnion('table', [first, ...others]) as unknown as z.ZodType<MapChange>
}

export const numberedEdit = z.strictObject({
  /** Of the client's edits, from 1: an edit that is sent again with its number is done once. */
  seq: z.int().min(1).max(2_147_483_647),
  changes: z.array(changeOf(true)).max(20_000),
  /** An undo: it gives way where somebody else wrote since. */
  careful: z.boolean().default(false),
}) satisfies z.ZodType<NumberedEdit>

/** A window of a browser, or one call of a program. */
export const editingClient = z
  .string()
  .min(8)
  .max(60)
  .regex(/^[A-Za-z0-9-]*$/, FORMS.rank)

export const loggedEdit = z.strictObject({
  version: z.int(),
  client: z.string(),
  seq: z.int(),
  /** What really changed. */
  done: z.array(changeOf(false)),
  /** A user’s id; null: a program, or somebody who is gone. */
  by: z.int().nullable(),
  atMs: instantMs,
})

export const editAnswer = z.union([
  z.strictObject({ seq: z.int(), version: z.int() }),
  z.strictObject({ seq: z.int(), refused: z.enum([...EDIT_REFUSALS, ...REFERENCE_REFUSALS]) }),
])
