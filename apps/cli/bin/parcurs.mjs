#!/usr/bin/env node
// The command. In a clone it builds first what has changed since it was built.
import { existsSync } from 'node:fs'

const builder = new URL('../../../scripts/build.mjs', import.meta.url)
if (existsSync(builder)) {
  const { build } = await import(builder.href)
  const failure = await build((line) => process.stderr.write(`${line}\n`))
  if (failure !== null) {
    process.stderr.write(`parcurs: ${failure}\n`)
    process.exit(1)
  }
}
await import('../dist/main.js')
