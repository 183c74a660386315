import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import { instantMs, workspaceParams } from './fields.ts'
import { route } from './route.ts'

export const logStatus = z.strictObject({
  /** The last commit; 0: none yet. */
  commit: z.int(),
  events: z.int(),
  /** Of journeys: the events up to `commit` are folded. Null: nothing was folded yet. */
  fold: z.strictObject({ commit: z.int(), foldedMs: instantMs, eventsBeyond: z.int() }).nullable(),
  /** Whoever follows the log, by name. */
  readers: z.array(
    z.strictObject({
      name: z.string(),
      commit: z.int(),
      /** Events that are not read yet. */
      behindEvents: z.int(),
      /** How long the oldest of them has waited; 0: none has. */
      behindMs: z.int(),
      /** Nothing received before this instant is unread. */
      readMarkMs: instantMs,
      savedMs: instantMs,
      /** Why its work fails, since when and how often in a row; null: it does not. */
      problem: z
        .strictObject({ detail: z.string(), sinceMs: instantMs, attempts: z.int() })
        .nullable(),
    }),
  ),
})

export type LogStatus = z.output<typeof logStatus>

export const logRoutes = {
  logStatus: route({
    ...ADDRESSES.logStatus,
    access: 'viewer',
    summary: 'How far the log is, its readers and the fold of journeys',
    tag: 'Operation',
    params: workspaceParams,
    answer: logStatus,
  }),
  setReaderBack: route({
    ...ADDRESSES.setReaderBack,
    access: 'owner',
    summary: 'Let a reader of the log read again from the start or from an instant of receipt',
    tag: 'Operation',
    params: workspaceParams.extend({ reader: z.string().min(1).max(100) }),
    body: z.strictObject({
      /** Everything received at or after this instant is read again; null: everything. */
      sinceMs: instantMs.nullable(),
    }),
    answer: logStatus,
    problems: ['not-found'],
  }),
  metrics: route({
    ...ADDRESSES.metrics,
    access: 'signed-in',
    summary:
      'The log, its readers and folds of the workspaces one may see, in the Prometheus text format',
    tag: 'Operation',
    answersBytes: 'text/plain; version=0.0.4; charset=utf-8',
  }),
}
