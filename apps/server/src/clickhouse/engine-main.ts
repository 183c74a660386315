import { createInterface } from 'node:readline'
import { openEngine } from './engine.ts'
import { engineConfigXml, type EngineSettings } from './engine-settings.ts'
import { engineServer } from './engine-server.ts'

/** Less than the supervisor waits. */
const STOP_MS = 2_500

/**
 * The process around the embedded engine. Its first line of input says where and how (the password
 * comes this way because arguments can be read by every user of the machine); the end of its input
 * says stop, which also happens when its parent is killed. It prints one line when it is ready.
 */
const input = createInterface({ input: process.stdin })
input.once('line', (line) => {
  const settings: EngineSettings = JSON.parse(line)
  const engine = openEngine(settings, engineConfigXml(settings))
  const server = engineServer(engine, settings)
  server.once('error', fail)
  server.listen(settings.port, '127.0.0.1', () => {
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : settings.port
    process.stdout.write(`${JSON.stringify({ port })}\n`)
  })
  input.once('close', () => {
    // Statements under way are ended with their connections; one that does not end in time is cut off:
    // parts appear whole or not at all, so nothing is half there.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), STOP_MS).unref()
    server.close()
    server.closeAllConnections()
    void engine.close().then(() => process.exit(0))
  })
})
// The terminal's Ctrl-C reaches the whole process group; the parent decides when the stores stop.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.on('uncaughtException', fail)

function fail(error: Error): void {
  process.stderr.write(`${error.message.split('\n')[0]}\n`)
  process.exit(1)
}
