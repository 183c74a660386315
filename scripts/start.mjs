// `npm start [-- --no-demo] [-- --port 4401]`: builds what changed, then becomes the program.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ROOT } from './steps.mjs'

const words = process.argv.slice(2)
while (words.length > 0) {
  const word = words.shift()
  if (word === '--no-demo') process.env['PARCURS_DEMO'] = 'off'
  else if (word === '--port') process.env['PORT'] = words.shift() ?? 'nothing'
  else give(`'${word}' is not known here: expected --no-demo or --port PORT`)
}
// The program has words of its own.
process.argv.splice(2)

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  give(
    `Parcurs needs Node 20.19 or newer; this is ${process.versions.node}: install a newer one from nodejs.org`,
  )
}
if (!existsSync(join(ROOT, 'node_modules', 'fastify'))) {
  give('the dependencies are not installed: run `npm ci` first')
}
const failure = await build((line) => process.stdout.write(`${line}\n`))
if (failure !== null) give(failure)
await import('../apps/server/dist/main.js')

function give(message) {
  process.stderr.write(`parcurs: ${message}\n`)
  process.exit(1)
}
