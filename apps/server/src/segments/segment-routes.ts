import { type Refusal, refuse, segmentRoutes } from '@parcurs/contract'
import { readStoredSegment } from '@parcurs/domain'
import { personOf } from '../http/gate.ts'
import type { Handle } from '../http/serve.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { Stores } from '../stores/stores.ts'
import { dropList } from './customer-lists.ts'
import { ruleRefusal } from './rule-refusal.ts'
import {
  type Changed,
  changingRules,
  deleteSegment,
  insertSegment,
  listOf,
  naming,
  type Segment,
  updateSegment,
} from './saved-segments.ts'
import { watchedRefusal } from './watchable.ts'
import { viewSegment, viewSegments } from './segment-view.ts'

export interface SegmentNeeds {
  readonly stores: Pick<Stores, 'clickhouse' | 'database'>
}

/** Saved segments: what they say, what they were, and what asks for them. */
export function serveSegments(handle: Handle, { stores }: SegmentNeeds): void {
  const { database } = stores

  handle(segmentRoutes.segments, ({ workspace }) =>
    inWorkspace(database, workspace.id, (tx) => viewSegments(tx)),
  )
  handle(segmentRoutes.segment, ({ workspace, params }) =>
    inWorkspace(
      database,
      workspace.id,
      async (tx) => (await viewSegment(tx, params.segmentId)) ?? segmentUnknown(params.segmentId),
    ),
  )
  handle(segmentRoutes.createSegment, ({ workspace, body, viewer }) => {
    const id = newSegmentId()
    const draft = { description: '', ...body }
    return changingRules(database, workspace.id, async (tx, all) => {
      const wrong = ruleRefusal(draft.rule, all)
      if (wrong !== null) return wrong
      const made = await insertSegment(tx, workspace.id, id, draft, personOf(viewer))
      if (!made.ok) return changeRefusal(made, id, draft.name)
      return (await viewSegment(tx, id)) ?? segmentUnknown(id)
    })
  })
  handle(segmentRoutes.changeSegment, ({ workspace, params, body, viewer }) => {
    const { version, ...given } = body
    const id = params.segmentId
    return changingRules(database, workspace.id, async (tx, all) => {
      const before = all.find((segment) => segment.id === id)
      if (before === undefined) return segmentUnknown(id)
      const draft = { description: before.description, ...given }
      const wrong = ruleRefusal(draft.rule, all, { id, name: draft.name })
      if (wrong !== null) return wrong
      const unwatchable = await watchedRefusal(tx, all, { ...before, ...draft })
      if (unwatchable !== null) return unwatchable
      const changed = await updateSegment(tx, id, version, draft, personOf(viewer))
      if (!changed.ok) return changeRefusal(changed, id, draft.name)
      return (await viewSegment(tx, id)) ?? segmentUnknown(id)
    })
  })
  handle(segmentRoutes.deleteSegment, async ({ workspace, params, query }) => {
    const id = params.segmentId
    const gone = await changingRules(database, workspace.id, async (tx, all) => {
      const segment = all.find((one) => one.id === id)
      if (segment === undefined) return segmentUnknown(id)
      const watches = await tx
        .selectFrom('segment_watches')
        .select('waiting')
        .where('segment_id', '=', id)
        .execute()
      const users = [
        ...naming(all, 'segment', id).map(({ name }) => `'${name}'`),
        ...watches.map(({ waiting }) => `what waits for it (${waiting})`),
      ]
      if (users.length > 0 && query.anyway !== 'true') {
        return refuse(
          'in-use',
          `the segment is used by ${users.join(', ')}: take it off there first, or delete it with anyway=true`,
        )
      }
      await deleteSegment(tx, id)
      const list = listOf(segment)
      const others = all.filter((one) => one !== segment)
      return list !== null && naming(others, 'list', list).length === 0 ? list : null
    })
    if (typeof gone === 'object') return gone ?? undefined
    await dropList(stores.clickhouse, workspace.id, gone)
    return undefined
  })
  handle(segmentRoutes.segmentVersions, ({ workspace, params }) =>
    inWorkspace(database, workspace.id, async (tx) => {
      const rows = await tx
        .selectFrom('segment_versions')
        .leftJoin('users', 'users.id', 'segment_versions.changed_by')
        .selectAll('segment_versions')
        .select(['users.name as person', 'users.email'])
        .where('segment_id', '=', params.segmentId)
        .orderBy('version', 'desc')
        .execute()
      if (rows.length === 0) return segmentUnknown(params.segmentId)
      return rows.map((row) => ({
        version: row.version,
        ruleVersion: row.rule_version,
        name: row.name,
        description: row.description,
        rule: readStoredSegment(row.rule_format, row.rule),
        atMs: row.changed_at.getTime(),
        by: row.changed_by === null ? null : row.person || row.email,
      }))
    }),
  )
  handle(segmentRoutes.segmentUsedBy, ({ workspace, params }) =>
    changingRules(database, workspace.id, async (tx, all) => {
      const id = params.segmentId
      if (!all.some((segment) => segment.id === id)) return segmentUnknown(id)
      const watches = await tx
        .selectFrom('segment_watches')
        .select('waiting')
        .where('segment_id', '=', id)
        .execute()
      return [
        ...naming(all, 'segment', id).map((user) => ({
          kind: 'segment' as const,
          id: user.id,
          name: user.name,
        })),
        ...watches.map(({ waiting }) => ({ kind: 'watch' as const, id: waiting, name: waiting })),
      ]
    }),
  )
}

export function newSegmentId(): string {
  return `sg_${crypto.randomUUID()}`
}

export function segmentUnknown(id: string): Refusal {
  return refuse('not-found', `no segment '${id}' in this workspace`)
}

export function changeRefusal(
  changed: Extract<Changed<Segment>, { ok: false }>,
  id: string,
  name: string,
): Refusal {
  switch (changed.code) {
    case 'not-found':
      return segmentUnknown(id)
    case 'name-taken':
      return refuse('already-there', `a segment '${name}' is there already: expected a new name`)
    case 'changed-meanwhile':
      return refuse(
        'changed-meanwhile',
        `the segment stands at version ${changed.version} by now: read it again and repeat the change`,
      )
  }
}
