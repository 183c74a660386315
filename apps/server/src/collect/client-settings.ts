import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import { collectRoutes, refuse } from '@parcurs/contract'
import type { Handle } from '../http/serve.ts'

export interface ClientSettingsNeeds {
  /** Whether a write key is known and not revoked. */
  readonly isKnown: (writeKey: string) => Promise<boolean>
}

const DAY_SECONDS = 86_400

/** What browser and mobile clients ask for before they send anything: without an answer they never do. */
export function serveClientSettings(handle: Handle, { isKnown }: ClientSettingsNeeds): void {
  handle(collectRoutes.clientSettings, async ({ params, origin }) => {
    const { writeKey } = params
    if (!(await isKnown(writeKey))) {
      return refuse('write-key-unknown', 'the write key is not known here, or was revoked')
    }
    const { host, protocol } = new URL(origin)
    return {
      integrations: {
        'Segment.io': {
          apiKey: writeKey,
          apiHost: `${host}/v1`,
          protocol: protocol === 'https:' ? ('https' as const) : ('http' as const),
        },
      },
      metrics: { sampleRate: 0 as const },
    }
  })

  handle(collectRoutes.sourceConfig, async ({ query, workspace, writer }) => {
    const id = `source-${writer.source}`
    const off = { enabled: false as const }
    return {
      source: {
        id,
        name: id,
        writeKey: query.writeKey ?? '',
        enabled: true as const,
        workspaceId: workspace.slug,
        destinations: [],
        connections: [],
        config: { statsCollection: { errors: off, metrics: off } },
      },
      updatedAt: '2026-01-01T00:00:00.000Z',
    }
  })

  // Read once: it changes with the installation only.
  let script: Buffer | null = null
  handle(collectRoutes.clientScript, async ({ header }) => {
    script ??= readFileSync(
      createRequire(import.meta.url).resolve('@segment/analytics-next/dist/umd/standalone.js'),
    )
    header('cache-control', `public, max-age=${DAY_SECONDS}`)
    return Readable.from([script])
  })
}
