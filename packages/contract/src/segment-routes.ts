import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import { segment } from './condition-fields.ts'
import { customerKey } from './customer-fields.ts'
import { instantMs, line, queryInt, slug, workspaceParams } from './fields.ts'
import { route } from './route.ts'
import {
  customersChosen,
  savedSegment,
  segmentBody,
  segmentChanges,
  segmentExplanation,
  segmentGrowth,
  segmentMembers,
  segmentOverlap,
  segmentPreview,
  segmentProfile,
  segmentSize,
  segmentTrend,
  segmentUse,
  segmentVersion,
} from './segment-fields.ts'
import { entityId } from './touchpoint-fields.ts'

const params = z.strictObject({ workspace: slug, segmentId: entityId })
const customerParams = params.extend({ customer: customerKey })
/** Where a page of a list goes on: what the page before said. */
const after = z.string().max(100)

const tag = 'Segments'
const asks = ['not-found', 'question-too-slow', 'question-too-large', 'question-cancelled'] as const

export const segmentRoutes = {
  segments: route({
    ...ADDRESSES.segments,
    access: 'viewer',
    summary: 'Saved segments, by name, each with its size as last counted',
    tag,
    params: workspaceParams,
    answer: z.array(savedSegment),
  }),
  segment: route({
    ...ADDRESSES.segment,
    access: 'viewer',
    summary: 'One saved segment',
    tag,
    params,
    answer: savedSegment,
    problems: ['not-found'],
  }),
  createSegment: route({
    ...ADDRESSES.createSegment,
    access: 'editor',
    summary: 'Save a segment',
    tag,
    params: workspaceParams,
    body: segmentBody,
    answer: savedSegment,
    status: 201,
    problems: ['already-there', 'segment-circle'],
  }),
  changeSegment: route({
    ...ADDRESSES.changeSegment,
    access: 'editor',
    summary: 'Change a segment; whatever asks for it counts by the new rule at once',
    tag,
    params,
    body: segmentBody.extend({
      /** The version that was edited: refused when somebody else changed it meanwhile. */
      version: z.int(),
    }),
    answer: savedSegment,
    problems: [
      'not-found',
      'already-there',
      'changed-meanwhile',
      'segment-circle',
      'segment-not-watchable',
    ],
  }),
  deleteSegment: route({
    ...ADDRESSES.deleteSegment,
    access: 'editor',
    summary: 'Delete a segment; refused with what uses it, unless told `anyway=true`',
    tag,
    params,
    query: z.strictObject({
      /** What asks for it is refused from then on, until it asks for another. */
      anyway: z.enum(['true', 'false']).exactOptional(),
    }),
    problems: ['not-found', 'in-use'],
  }),
  previewSegment: route({
    ...ADDRESSES.previewSegment,
    asks: true,
    access: 'viewer',
    summary: 'How many a rule means, five of them, and what of it is nowhere in the data yet',
    tag,
    params: workspaceParams,
    body: z.strictObject({
      rule: segment,
      /** Events and traits up to then; absent: now. */
      atMs: instantMs.exactOptional(),
    }),
    answer: segmentPreview,
    problems: [...asks, 'segment-circle'],
  }),
  segmentSize: route({
    ...ADDRESSES.segmentSize,
    asks: true,
    access: 'viewer',
    summary: 'How many are in a segment now, or were at an instant',
    tag,
    params,
    query: z.strictObject({ atMs: queryInt.exactOptional() }),
    answer: segmentSize,
    problems: asks,
  }),
  segmentMembers: route({
    ...ADDRESSES.segmentMembers,
    asks: true,
    access: 'viewer',
    summary: 'The customers in a segment, the latest first',
    tag,
    params,
    query: z.strictObject({
      after: after.exactOptional(),
      limit: queryInt.pipe(z.int().min(1).max(1000)).exactOptional(),
    }),
    answer: segmentMembers,
    problems: asks,
  }),
  explainSegment: route({
    ...ADDRESSES.explainSegment,
    asks: true,
    access: 'viewer',
    summary: 'Whether one customer is in a segment, which conditions hold, and until when',
    tag,
    params: customerParams,
    query: z.strictObject({ atMs: queryInt.exactOptional() }),
    answer: segmentExplanation,
    problems: asks,
  }),
  segmentTrend: route({
    ...ADDRESSES.segmentTrend,
    asks: true,
    access: 'viewer',
    summary: 'The size of a segment over time, by who is who today',
    tag,
    params,
    query: z.strictObject({
      /** Default: 90 days before `toMs`. */
      fromMs: queryInt.exactOptional(),
      /** Default: now. */
      toMs: queryInt.exactOptional(),
      points: queryInt.pipe(z.int().min(2).max(60)).exactOptional(),
    }),
    answer: segmentTrend,
    problems: asks,
  }),
  segmentGrowth: route({
    ...ADDRESSES.segmentGrowth,
    asks: true,
    access: 'viewer',
    summary: 'The size of every saved segment (the first 50 by name), and by how many it grew',
    tag,
    params: workspaceParams,
    query: z.strictObject({
      /** Default: 30 days before `toMs`. */
      fromMs: queryInt.exactOptional(),
      /** Default: now. */
      toMs: queryInt.exactOptional(),
    }),
    answer: segmentGrowth,
    problems: asks,
  }),
  segmentChanges: route({
    ...ADDRESSES.segmentChanges,
    asks: true,
    access: 'viewer',
    summary: 'Who entered and who left in a period',
    tag,
    params,
    query: z.strictObject({
      /** Default: 30 days before `toMs`. */
      fromMs: queryInt.exactOptional(),
      /** Default: now. */
      toMs: queryInt.exactOptional(),
      change: z.enum(['entered', 'left']).exactOptional(),
      after: after.exactOptional(),
      limit: queryInt.pipe(z.int().min(1).max(1000)).exactOptional(),
    }),
    answer: segmentChanges,
    problems: asks,
  }),
  segmentOverlap: route({
    ...ADDRESSES.segmentOverlap,
    asks: true,
    access: 'viewer',
    summary: 'How many customers a segment shares with others',
    tag,
    params,
    query: z.strictObject({
      /** Ids of segments, joined by commas; default: every other one, at most 20. */
      with: z.string().max(2000).exactOptional(),
    }),
    answer: segmentOverlap,
    problems: asks,
  }),
  segmentProfile: route({
    ...ADDRESSES.segmentProfile,
    asks: true,
    access: 'viewer',
    summary: 'The traits, channels and touchpoints that set a segment apart from everybody',
    tag,
    params,
    answer: segmentProfile,
    problems: asks,
  }),
  exportSegmentCsv: route({
    ...ADDRESSES.exportSegmentCsv,
    asks: true,
    access: 'editor',
    summary: 'Every customer in a segment with their user ids and anonymous ids, as CSV',
    tag,
    params,
    answersBytes: 'text/csv; charset=utf-8',
    problems: asks,
  }),
  exportSegmentLines: route({
    ...ADDRESSES.exportSegmentLines,
    asks: true,
    access: 'editor',
    summary: 'Every customer in a segment with their user ids and anonymous ids, one JSON a line',
    tag,
    params,
    answersBytes: 'application/x-ndjson',
    problems: asks,
  }),
  segmentVersions: route({
    ...ADDRESSES.segmentVersions,
    access: 'viewer',
    summary: 'What a segment was before, who changed it and when; the latest first',
    tag,
    params,
    answer: z.array(segmentVersion),
    problems: ['not-found'],
  }),
  segmentUsedBy: route({
    ...ADDRESSES.segmentUsedBy,
    access: 'viewer',
    summary: 'What asks for a segment or waits for it',
    tag,
    params,
    answer: z.array(segmentUse),
    problems: ['not-found'],
  }),
  freezeSegment: route({
    ...ADDRESSES.freezeSegment,
    asks: true,
    access: 'editor',
    summary: 'Save who is in a segment now, or was at an instant, as a list that no longer changes',
    tag,
    params,
    body: z.strictObject({ name: line, atMs: instantMs.exactOptional() }),
    answer: savedSegment,
    status: 201,
    problems: [...asks, 'already-there'],
  }),
  segmentOfThese: route({
    ...ADDRESSES.segmentOfThese,
    asks: true,
    access: 'editor',
    summary:
      'Make a segment of listed customers: a rule where it says exactly who they are, else a list of them',
    tag,
    params: workspaceParams,
    body: z.strictObject({
      name: line,
      of: customersChosen,
      /** Default: a rule where there is one. */
      as: z.enum(['rule', 'list']).exactOptional(),
    }),
    answer: z.strictObject({
      segment: savedSegment,
      /** How many there are in it. */
      customers: z.int(),
    }),
    status: 201,
    problems: [...asks, 'already-there'],
  }),
  changeList: route({
    ...ADDRESSES.changeList,
    asks: true,
    access: 'editor',
    summary:
      'Add customers to a list, or take them off it, by user id, anonymous id or e-mail. It becomes a list of its own: what the one before was named by stays',
    tag,
    params,
    body: z.strictObject({
      /** The version that was edited: refused when somebody else changed it meanwhile. */
      version: z.int(),
      add: z.array(line).max(10_000).exactOptional(),
      /** Wins over `add`. */
      remove: z.array(line).max(10_000).exactOptional(),
    }),
    answer: z.strictObject({
      segment: savedSegment,
      /** How many are in it now. */
      customers: z.int(),
      notFound: z.strictObject({
        ids: z.int(),
        /** The first of them, at most 100. */
        examples: z.array(z.string()),
      }),
    }),
    problems: [...asks, 'changed-meanwhile'],
  }),
  importSegment: route({
    ...ADDRESSES.importSegment,
    access: 'editor',
    summary: 'Make a list of user ids, anonymous ids or e-mails: text, one a line',
    tag,
    params: workspaceParams,
    query: z.strictObject({ name: line }),
    bytes: true,
    limitBytes: 64_000_000,
    answer: z.strictObject({
      segment: savedSegment,
      /** Lines with an id, repeats left out. */
      ids: z.int(),
      /** Customers that they are. */
      customers: z.int(),
      notFound: z.strictObject({
        ids: z.int(),
        /** The first of them, at most 100. */
        examples: z.array(z.string()),
      }),
    }),
    status: 201,
    problems: [...asks, 'already-there', 'body-too-large'],
  }),
  watchSegment: route({
    ...ADDRESSES.watchSegment,
    access: 'editor',
    summary: 'Keep, or no longer keep, who enters and leaves a segment and when',
    tag,
    params,
    body: z.strictObject({ watched: z.boolean() }),
    answer: savedSegment,
    problems: ['not-found', 'segment-not-watchable'],
  }),
}
