import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** The connections of a server, told by whether a request is under way on them. */
export interface Connections {
  /** Ends those on which nothing is under way, also such as never sent a whole request. */
  readonly endIdle: () => void
  readonly endAll: () => void
}

/**
 * TRICKY: Node's own `closeIdleConnections` knows only those that had a request: one that was opened and says nothing
 * holds up the end until its time is over.
 */
export function connectionsOf(server: Server): Connections {
  const open = new Map<Socket, number>()
  server.on('connection', (socket: Socket) => {
    open.set(socket, 0)
    socket.once('close', () => open.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    const count = (by: number) => {
      const under = open.get(socket)
      if (under !== undefined) open.set(socket, under + by)
    }
    count(1)
    response.once('close', () => count(-1))
  })
  return {
    endIdle() {
      for (const [socket, under] of open) if (under === 0) socket.destroy()
    },
    endAll() {
      for (const socket of open.keys()) socket.destroy()
    },
  }
}
