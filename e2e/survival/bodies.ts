import { connect } from 'node:net'
import type { Server } from './server.ts'

/**
 * Opens so many connections that send headers and never a body, and asks meanwhile.
 *
 * @returns what was not answered as it should be
 */
export async function withoutBodies(
  server: Server,
  connections: number,
): Promise<readonly string[]> {
  const { hostname, port, host } = new URL(server.url)
  const held = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname)
      socket.on('error', () => {}).resume()
      await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))
      socket.write(
        `POST /api/sign-in HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n`,
      )
      return socket
    }),
  )
  const faults: string[] = []
  const expect = async (path: string, status: number) => {
    const answer = await fetch(`${server.url}${path}`, {
      signal: AbortSignal.timeout(5_000),
    }).catch((error: unknown) => String(error))
    const got = typeof answer === 'string' ? answer : String(answer.status)
    if (got !== String(status)) faults.push(`${path}: ${got} where ${status} was expected`)
  }
  await expect('/health', 200)
  await expect('/api/me', 401)
  for (const socket of held) socket.destroy()
  await expect('/health', 200)
  return faults
}
