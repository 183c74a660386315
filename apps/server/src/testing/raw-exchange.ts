import { connect } from 'node:net'

export interface RawAnswer {
  /** Null: the connection was closed without an answer. */
  readonly status: number | null
  readonly head: string
  readonly body: string
}

/** After this long without a word the server is taken to wait for more, and told that there is none. */
const CUT_MS = 3_000

/** Sends bytes on a connection of their own, and reads until the server closes it. */
export async function rawExchange(
  port: number,
  bytes: Buffer,
  patienceMs = 20_000,
): Promise<RawAnswer> {
  return await new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect({ port, host: '127.0.0.1' })
    // TRICKY: not at once. Node drops the answer to a client that has closed its half.
    const cut = setTimeout(() => socket.end(), CUT_MS)
    const late = setTimeout(() => {
      socket.destroy()
      reject(
        new Error(`no answer within ${patienceMs} ms to ${bytes.toString('latin1').slice(0, 500)}`),
      )
    }, patienceMs)
    socket.on('data', (chunk) => {
      clearTimeout(cut)
      chunks.push(chunk)
    })
    // A server that refuses before it has read all may reset the connection; what it said has arrived.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearTimeout(cut)
      clearTimeout(late)
      const text = Buffer.concat(chunks)
        .toString('latin1')
        .replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')
      const [head = '', ...rest] = text.split('\r\n\r\n')
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]
      resolve({
        status: status === undefined ? null : Number(status),
        head,
        body: rest.join('\r\n\r\n'),
      })
    })
    socket.write(bytes)
  })
}
