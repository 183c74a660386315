import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { importLook, importView } from '@parcurs/contract'
import type { z } from 'zod'
import type { Credentials, TestApp } from './test-app.ts'

type Look = z.output<typeof importLook>
type View = z.output<typeof importView>

export interface ImportedFile {
  readonly importId: string
  readonly look: Look
  /** As it ended. */
  readonly view: View
  readonly rejects: string
}

export interface Importing {
  readonly upload: (slug: string, name: string, bytes: Buffer | Readable) => Promise<string>
  readonly look: (slug: string, importId: string, options?: object) => Promise<Look>
  readonly run: (
    slug: string,
    importId: string,
    body?: object,
  ) => Promise<{ readonly status: number; readonly body: { readonly detail?: string } }>
  readonly ended: (slug: string, importId: string) => Promise<View>
  /** Upload, look, run, and wait for the end. A string is the path of a file. */
  readonly file: (
    slug: string,
    file: string | { readonly name: string; readonly bytes: Buffer },
    options?: object,
  ) => Promise<ImportedFile>
}

/** Imports files as the web app and the terminal do: through the API. */
export function importing({ app }: TestApp, who: Credentials): Importing {
  const at = (slug: string, rest: string) => `/api/workspaces/${slug}/imports${rest}`
  const upload = async (slug: string, name: string, bytes: Buffer | Readable) => {
    const answer = await app.inject({
      method: 'POST',
      url: at(slug, `?name=${encodeURIComponent(name)}`),
      headers: { ...who, 'content-type': 'application/octet-stream' },
      payload: bytes,
    })
    if (answer.statusCode !== 201) throw new Error(`upload: ${answer.body}`)
    return String(answer.json<{ importId: string }>().importId)
  }
  const look = async (slug: string, importId: string, options: object = {}) => {
    const answer = await app.inject({
      method: 'POST',
      url: at(slug, `/${importId}/look`),
      headers: who,
      payload: options,
    })
    if (answer.statusCode !== 200) throw new Error(`look: ${answer.body}`)
    return answer.json<Look>()
  }
  const run = async (slug: string, importId: string, body: object = {}) => {
    const answer = await app.inject({
      method: 'POST',
      url: at(slug, `/${importId}/run`),
      headers: who,
      payload: body,
    })
    return { status: answer.statusCode, body: answer.json<{ detail?: string }>() }
  }
  const ended = async (slug: string, importId: string) => {
    for (;;) {
      const answer = await app.inject({ url: at(slug, `/${importId}`), headers: who })
      if (answer.statusCode !== 200) throw new Error(`import: ${answer.body}`)
      const view = answer.json<View>()
      if (view.state !== 'running') return view
      await delay(50)
    }
  }
  return {
    upload,
    look,
    run,
    ended,
    async file(slug, file, options = {}) {
      const given = typeof file === 'string' ? { name: basename(file) } : file
      const bytes = typeof file === 'string' ? createReadStream(file) : file.bytes
      const importId = await upload(slug, given.name, bytes)
      const looked = await look(slug, importId, options)
      const begun = await run(slug, importId, { options })
      if (begun.status !== 202) throw new Error(`run: ${begun.body.detail}`)
      const view = await ended(slug, importId)
      const rejects = await app.inject({ url: at(slug, `/${importId}/rejects`), headers: who })
      return { importId, look: looked, view, rejects: rejects.body }
    },
  }
}
