import { ROUTES } from '@parcurs/contract'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { serveBackups } from '../backups/backup-routes.ts'
import { serveClientSettings } from '../collect/client-settings.ts'
import { openCollection } from '../collect/collection.ts'
import type { EventStore } from '../log/event-store.ts'
import { serveLog } from '../log/log-routes.ts'
import { countingThreads, type CountingThreads } from '../counting/counting-threads.ts'
import { serveMerges } from '../customers/merge-routes.ts'
import { fold } from '../journeys/fold.ts'
import { serveImports } from '../imports/import-routes.ts'
import { openImports } from '../imports/imports.ts'
import { openSpool } from '../imports/spool.ts'
import { serveCustomers } from '../customers/customer-routes.ts'
import { openReadings } from '../journeys/readings.ts'
import { serveLists } from '../membership/list-routes.ts'
import { serveMembership } from '../membership/membership-routes.ts'
import { serveWatches } from '../membership/watch-routes.ts'
import { serveSegments } from '../segments/segment-routes.ts'
import { serveMapEdits } from '../maps/map-edit-routes.ts'
import { serveMaps } from '../maps/map-routes.ts'
import { serveTouchpoints } from '../touchpoints/touchpoint-routes.ts'
import { serveVocabulary } from '../vocabulary/vocabulary-routes.ts'
import type { Stores } from '../stores/stores.ts'
import { serveQuestions } from '../questions/question-routes.ts'
import { questionRunner } from '../questions/question-runner.ts'
import { accessGate } from '../sign-in/access-gate.ts'
import { passwords } from '../sign-in/password.ts'
import { installationMark, sessionCookie } from '../sign-in/session-cookie.ts'
import { serveSignIn } from '../sign-in/sign-in-routes.ts'
import { serveWorkspaces } from '../workspaces/workspace-routes.ts'
import { writeKeys } from '../keys/write-keys.ts'
import { serveDocs } from '../http/docs.ts'
import { httpFrame } from '../http/frame.ts'
import { installationSecret, openErasureList } from '../backups/erasure-list.ts'
import { forgetMembers } from '../membership/forget-members.ts'
import { forgetListed } from '../segments/customer-lists.ts'
import { dropWorkspace } from '../removals/drop-workspace.ts'
import { serveRemovals } from '../removals/removal-routes.ts'
import { removeSource } from '../removals/remove-source.ts'
import { finishRemovals } from '../removals/remove.ts'
import { serveHealth } from './health.ts'
import { longestStall } from '../processes/longest-stall.ts'
import { refuseOtherMethods } from '../http/other-methods.ts'
import { serve } from '../http/serve.ts'
import { serveWebApp } from '../http/web-app.ts'

export interface AppNeeds {
  readonly stores: Stores
  readonly events: EventStore
  /** Where uploaded files wait to be imported. */
  readonly importsFolder: string
  /** Who was erased, for restores. */
  readonly erasuresFile: string
  readonly log: FastifyBaseLogger
  readonly clock: () => number
  /** Of the machine's running time, which nobody can set back; absent: the clock. */
  readonly steadyClock?: () => number
  readonly version: string
  /** The address people type, e.g. https://parcurs.example.com; null: this machine only, plain HTTP. */
  readonly publicUrl: string | null
  readonly trustedProxies: readonly string[]
  /** The hash of the token in the data folder; null where there is none. */
  readonly machineHash: Buffer | null
  /** The built web app; null: none is served. */
  readonly webFolder: string | null
  /** Where kernels run; closed with the app. Default: its own. */
  readonly threads?: CountingThreads
  /** Whether journeys are folded here right after an import; false: another process folds. Default: true. */
  readonly folds?: boolean
  /** Also checks what handlers answer (tests). */
  readonly checkAnswers?: boolean
}

/** The whole server but the port: what is wired here is all there is. */
export async function parcursApp(needs: AppNeeds): Promise<FastifyInstance> {
  const { stores, log, clock, version, publicUrl, trustedProxies } = needs
  const { database } = stores
  const secure = publicUrl?.startsWith('https://') === true
  const cookie = sessionCookie(secure ? null : installationMark(await installationSecret(database)))
  const app = await httpFrame({
    log,
    hosts: publicUrl === null ? [] : [new URL(publicUrl).hostname],
    trustedProxies,
    secure,
    place: cookie.place,
  })
  const keys = writeKeys(database)
  const gate = accessGate({
    database,
    writeKeys: keys,
    clock,
    cookie,
    machineHash: needs.machineHash,
  })
  const handle = serve(app, gate, {
    checkAnswers: needs.checkAnswers === true,
    publicHost: publicUrl === null ? null : new URL(publicUrl).host,
  })
  serveHealth(handle, { stores, version })
  serveDocs(handle, version)
  serveLog(handle, stores, longestStall())
  const list = openErasureList(database, needs.erasuresFile)
  serveBackups(handle, { stores, list, clock })
  serveSignIn(handle, {
    database,
    passwords: await passwords(),
    clock,
    steadyClock: needs.steadyClock ?? clock,
    cookie,
  })
  serveWorkspaces(handle, {
    database,
    writeKeys: keys,
    clock,
    dropRows: (workspaceId) => dropWorkspace(stores.clickhouse, workspaceId),
  })

  const collection = openCollection(handle, { events: needs.events, clock })
  serveMerges(handle, { events: needs.events, clock })
  serveClientSettings(handle, {
    isKnown: async (writeKey) => (await keys.opened(writeKey, clock())) !== null,
  })
  app.addHook('onClose', () => collection.close())

  const folding = foldingOf(stores, clock, log)
  const imports = openImports({
    store: needs.events,
    spool: openSpool(needs.importsFolder),
    clock,
    log,
    onStored: (workspaceId) => {
      if (needs.folds !== false) folding.after(workspaceId)
    },
    takeAway: async (workspaceId, source) => {
      const gone = await removeSource(needs.events, workspaceId, { source, sinceMs: null })
      if (needs.folds !== false) folding.after(workspaceId)
      return gone.events
    },
  })
  serveImports(handle, imports, clock)
  serveRemovals(handle, {
    events: needs.events,
    list,
    forget: async (workspaceId, ids) => {
      await collection.forget(workspaceId, ids)
      await imports.forget(workspaceId, ids)
    },
    forgetKeys: async (workspaceId, keys) => {
      await forgetListed(stores.clickhouse, workspaceId, keys)
      await forgetMembers(database, workspaceId, keys)
    },
    clock,
    onRemoved: (workspaceId) => {
      if (needs.folds !== false) folding.after(workspaceId)
    },
  })
  app.addHook('onReady', () => finishRemovals(needs.events))
  app.addHook('onReady', () => imports.resume())
  app.addHook('preClose', async () => {
    await imports.stop()
    await folding.stop()
  })

  const threads = needs.threads ?? countingThreads()
  app.addHook('onClose', () => threads.close())
  const asked = { stores, readings: openReadings(stores), kinds: needs.events.kinds, clock }
  const questions = questionRunner({
    ...asked,
    threads,
    maxSeconds: 60,
    maxMemoryBytes: 2_000_000_000,
  })
  serveTouchpoints(handle, asked)
  serveMaps(handle, asked)
  serveMapEdits(handle, { database: asked.stores.database, clock: asked.clock })
  serveCustomers(handle, { ...asked, questions })
  serveSegments(handle, asked)
  serveMembership(handle, { ...asked, questions })
  serveLists(handle, { ...asked, questions })
  serveWatches(handle, asked)
  serveVocabulary(handle, asked)
  serveQuestions(handle, questions)

  refuseOtherMethods(
    app,
    ROUTES.flatMap(({ path, also = [] }) => [path, ...also]),
  )
  await serveWebApp(app, needs.webFolder, cookie.place)
  return app
}

/** Folds at once what an import brought; ended with the app. */
function foldingOf(stores: Stores, clock: () => number, log: FastifyBaseLogger) {
  const ending = new AbortController()
  const { signal } = ending
  const running = new Set<Promise<void>>()
  return {
    after(workspaceId: number): void {
      const done: Promise<void> = fold(stores, workspaceId, { nowMs: clock(), signal })
        .then(
          () => {},
          (error: unknown) => {
            if (signal.aborted) return
            log.error({ err: error }, 'journeys could not be folded after an import')
          },
        )
        .finally(() => running.delete(done))
      running.add(done)
    },
    async stop(): Promise<void> {
      ending.abort()
      await Promise.all(running)
    },
  }
}
