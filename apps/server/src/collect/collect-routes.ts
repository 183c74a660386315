import {
  batchCall,
  type CallType,
  type Collected,
  collectRoutes,
  isRefusal,
  MAX_CALL_BYTES,
  type Refusal,
  type RefusedCall,
  refuse,
} from '@parcurs/contract'
import type { IncomingBatch } from '@parcurs/domain'
import type { Workspace, Writer } from '../http/gate.ts'
import type { Handle } from '../http/serve.ts'
import {
  type BrowserAliases,
  browserRefusal,
  comparedName,
  type Refused as BrowserRefused,
} from './browser-rules.ts'
import { isCallType, shown } from './call-check.ts'
import { callWarnings } from './call-warnings.ts'
import { fitsBytes } from './call-size.ts'
import type { GroupCommit } from './group-commit.ts'
import { type CallPlace, type ReadCall, readCall } from './read-call.ts'
import type { Refusals } from './refusals.ts'
import type { Sender, StoredBatch } from './store-events.ts'

export interface CollectNeeds {
  readonly commits: GroupCommit
  readonly refusals: Refusals
  readonly aliases: BrowserAliases
  readonly clock: () => number
}

const RETRY_SECONDS = 1

/**
 * POST /v1/…: answers 200 only when the rows are on disk. Calls are judged one by one: the good ones of a
 * batch are stored, the others are named by index and reason. A single call that is refused is answered 400.
 */
export function serveCollect(handle: Handle, needs: CollectNeeds): void {
  const singles: readonly CallType[] = ['track', 'page', 'screen', 'identify', 'group', 'alias']
  for (const type of singles) {
    handle(collectRoutes[type], async ({ body, query, workspace, writer }) => {
      const historical = query.historical === 'true'
      const place = { receivedMs: needs.clock(), sentAt: null, context: null, historical }
      const from = fromOf(workspace, writer)
      const answer = await collect(needs, from, [{ type, call: body }], place)
      if (isRefusal(answer)) return answer
      const [refused] = answer.refused
      return refused === undefined
        ? answer
        : refuse('event-refused', `${refused.detail} (${refused.code})`)
    })
  }

  handle(collectRoutes.batch, async ({ body, query, workspace, writer }) => {
    const checked = batchCall.safeParse(body)
    if (!checked.success) {
      return refuse('event-refused', batchFault(body))
    }
    const { batch, sentAt = null, context = null } = checked.data
    const historical = checked.data.historical ?? query.historical === 'true'
    const place = { receivedMs: needs.clock(), sentAt, context, historical }
    const typed = batch.map((call) => ({ type: typeOf(call), call }))
    const from = fromOf(workspace, writer)
    return await collect(needs, from, typed, place)
  })

  handle(collectRoutes.refusals, async ({ workspace, role, query }) => {
    const rows = await needs.refusals.newest(workspace.id, query.limit ?? 100)
    return {
      refusals: rows.map(({ received_at, code, detail, body }) => ({
        receivedMs: received_at.getTime(),
        code,
        detail,
        body: role === 'viewer' ? null : body,
      })),
    }
  })
}

interface TypedCall {
  /** What the call says it is: only of calls is it known to be one. */
  readonly type: unknown
  readonly call: unknown
}

interface From {
  readonly workspace: number
  /** The workspace's. */
  readonly currency: string
  readonly sender: Sender
  readonly serverNames: readonly string[]
}

/** New kinds that a key may make in an hour: an honest site has some hundreds in all. */
const KINDS_PER_HOUR = { browser: 1_000, unsaid: 2_000, server: 10_000 } as const

/** A key that nobody has said the kind of goes on as a server's. */
function fromOf({ id, currency }: Workspace, { source, kind, serverNames }: Writer): From {
  const kindsPerHour = KINDS_PER_HOUR[kind ?? 'unsaid']
  return {
    workspace: id,
    currency,
    serverNames,
    sender: { source, space: kind ?? 'server', kindsPerHour },
  }
}

/** The calls, those refused that a browser's key may not send. */
async function allowed(
  aliases: BrowserAliases,
  { workspace, sender, serverNames }: From,
  read: readonly ReadCall[],
  nowMs: number,
): Promise<readonly ReadCall[]> {
  if (sender.space !== 'browser') return read
  const listed = new Set(serverNames.map(comparedName))
  const plain = read.map((one) => browserRefusal(one, nowMs, listed) ?? one)
  const asked = plain.flatMap((one, i) => (one.kind === 'alias' ? [{ i, alias: one.alias }] : []))
  const judged = await aliases.judge(
    workspace,
    sender.source,
    asked.map(({ alias }) => alias),
  )
  const no = new Map<number, BrowserRefused>()
  for (const [place, { i }] of asked.entries()) {
    const refused = judged[place] ?? null
    if (refused !== null) no.set(i, refused)
  }
  return plain.map((one, i) => no.get(i) ?? one)
}

async function collect(
  { commits, refusals, aliases }: CollectNeeds,
  from: From,
  calls: readonly TypedCall[],
  place: Omit<CallPlace, 'index'>,
): Promise<Collected | Refusal> {
  const { workspace, sender } = from
  const said = calls.map((typed, index) => readTyped(typed, { ...place, index }))
  const read = await allowed(aliases, from, said, place.receivedMs)
  const batch: IncomingBatch = {
    events: read.flatMap((one) => (one.kind === 'event' ? [one.event] : [])),
    identifies: read.flatMap((one) => (one.kind === 'identify' ? [one.identify] : [])),
    groups: read.flatMap((one) => (one.kind === 'group' ? [one.group] : [])),
    aliases: read.flatMap((one) => (one.kind === 'alias' ? [one.alias] : [])),
  }
  const good = read.filter(({ kind }) => kind !== 'refused').length
  const stored = good === 0 ? NOTHING : await commits.add(workspace, { sender, batch })
  if (stored === null) {
    return refuse('too-busy', 'too many events are waiting to be stored: send this again', {
      retryAfterSeconds: RETRY_SECONDS,
    })
  }
  const refused: RefusedCall[] = read.flatMap((one, index) =>
    one.kind === 'refused' ? [{ index, code: one.code, detail: one.detail }] : [],
  )
  if (refused.length > 0) {
    refusals.note(
      workspace,
      refused.map((one) => ({ ...one, body: calls[one.index]?.call })),
    )
  }
  const { duplicates } = stored
  const moved = read.flatMap((one) =>
    one.kind === 'event' && one.movedMs !== 0 ? [one.movedMs] : [],
  )
  const byMs = moved.reduce((most, ms) => (Math.abs(ms) > Math.abs(most) ? ms : most), 0)
  const warnings = callWarnings(read, from.currency)
  return {
    success: true,
    stored: calls.length - refused.length - duplicates,
    duplicates,
    refused,
    ...(moved.length === 0 ? {} : { shifted: { calls: moved.length, byMs } }),
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
  }
}

const NOTHING: StoredBatch = { stored: 0, duplicates: 0 }

function readTyped({ type, call }: TypedCall, place: CallPlace): ReadCall {
  if (!isCallType(type)) {
    const detail = `type is ${shown(type)}: expected track, page, screen, identify, group or alias`
    return { kind: 'refused', code: 'type-unknown', detail }
  }
  if (!fitsBytes(call, MAX_CALL_BYTES)) {
    const detail = `the call is larger than ${MAX_CALL_BYTES} bytes of JSON: expected at most that`
    return { kind: 'refused', code: 'call-too-large', detail }
  }
  return readCall(type, call, place)
}

function typeOf(call: unknown): unknown {
  return typeof call === 'object' && call !== null && Object.hasOwn(call, 'type')
    ? Reflect.get(call, 'type')
    : undefined
}

function batchFault(body: unknown): string {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return `the body is ${shown(body)}: expected an object with a list 'batch'`
  }
  const batch: unknown = Reflect.get(body, 'batch')
  if (!Array.isArray(batch)) return `batch is ${shown(batch)}: expected a list of calls`
  if (batch.length > 5000) return `batch holds ${batch.length} calls: expected at most 5000`
  return 'sentAt or context has the wrong type: expected an instant and an object'
}
