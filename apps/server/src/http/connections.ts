import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** The connections of a server, told by whether a request is under way on them. */
export interface Connections {
  /** Ends those on which nothing is under way, also such as never sent a whole request. */
  readonly endIdle: () => void
  readonly endAll: () => void
}

/** How slowly an answer may be taken. */
export interface ReadingPace {
  /** A look at every connection. */
  readonly everyMs: number
  /** Below this in a look, while something waits to be taken, it was slow. */
  readonly bytesPerSecond: number
  /** So often in a row, and it is ended. */
  readonly slowLooks: number
}

/** A minute; a slow telephone takes ten times as much. */
const PACE: ReadingPace = { everyMs: 10_000, bytesPerSecond: 500, slowLooks: 6 }

interface Held {
  /** Requests without their whole answer. */
  under: number
  sent: number
  slow: number
}

/**
 * Whoever asks for much and does not take it holds what it comes from: their connection is ended.
 *
 * TRICKY: Node's own `closeIdleConnections` knows only those that had a request: one that was opened and says nothing
 * holds up the end until its time is over.
 */
export function connectionsOf(server: Server, pace: ReadingPace = PACE): Connections {
  const open = new Map<Socket, Held>()
  server.on('connection', (socket: Socket) => {
    open.set(socket, { under: 0, sent: 0, slow: 0 })
    socket.once('close', () => open.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    const held = open.get(socket)
    if (held === undefined) return
    held.under++
    response.once('close', () => held.under--)
  })
  const looking = setInterval(() => {
    for (const [socket, held] of open) {
      // What was handed over but has not gone out counts as written: it is taken off again.
      const sent = socket.bytesWritten - socket.writableLength
      const least = (pace.bytesPerSecond * pace.everyMs) / 1000
      const isSlow = held.under > 0 && socket.writableLength > 0 && sent - held.sent < least
      held.slow = isSlow ? held.slow + 1 : 0
      held.sent = sent
      if (held.slow >= pace.slowLooks) socket.destroy()
    }
  }, pace.everyMs)
  looking.unref()
  server.once('close', () => clearInterval(looking))
  return {
    endIdle() {
      for (const [socket, { under }] of open) if (under === 0) socket.destroy()
    },
    endAll() {
      for (const socket of open.keys()) socket.destroy()
    },
  }
}
