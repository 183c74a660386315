import { setTimeout as sleep } from 'node:timers/promises'
import { command, type Server } from './server.ts'

const POLL_MS = 100

/** Uploads rows of the story as a file and lets its import run. */
export async function beginImport(server: Server, text: string): Promise<string> {
  const uploaded = await fetch(`${server.url}/api/workspaces/main/imports?name=survival.csv`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${server.token}`,
      'content-type': 'application/octet-stream',
    },
    body: text,
  })
  if (!uploaded.ok) throw new Error(`upload answered ${uploaded.status}: ${await uploaded.text()}`)
  const { importId }: { importId: string } = await uploaded.json()
  const options = { customer: 'customer', time: 'time', event: 'event', value: 'value', id: 'id' }
  await command(server, 'POST', `/api/workspaces/main/imports/${importId}/run`, { options })
  return importId
}

/** An import that was cut short is taken up again by the next start. @throws when it failed */
export async function importEnds(server: Server, importId: string): Promise<void> {
  for (;;) {
    const view = await command<{ state: string; problem: unknown }>(
      server,
      'GET',
      `/api/workspaces/main/imports/${importId}`,
    )
    if (view.state === 'done') return
    if (view.state !== 'running') {
      throw new Error(`import ${importId} is ${view.state}: ${JSON.stringify(view.problem)}`)
    }
    await sleep(POLL_MS)
  }
}
