import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { SocketAddress } from '../postgres/database.ts'

export interface ReaderTask {
  readonly postgres: SocketAddress
  readonly clickhouse: {
    readonly address: { readonly url: string; readonly user: string; readonly password: string }
    readonly database: string
  }
}

/** Resolves when it reads. */
export async function startReader(task: ReaderTask): Promise<ChildProcess> {
  const main = fileURLToPath(new URL('./reader-main.ts', import.meta.url))
  const child = fork(main, [], { execArgv: ['--conditions=source', '--import', 'tsx'] })
  child.send(task)
  await once(child, 'message')
  return child
}

/** As the power cut does: no handler runs. */
export async function killReader(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
