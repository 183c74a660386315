import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/**
 * Starts a module of ours as a thread. From the sources (development, tests) that takes the TypeScript
 * loader. TRICKY: Node 20 does not hand `--import` on to threads, so the thread registers it itself.
 *
 * @param name file name without its ending
 * @param from `import.meta.url` of a module in the same folder
 */
export function startThread(name: string, from: string, workerData: unknown): Worker {
  // The heap of strings and tables; a file that needs more is refused with the thread, not the program.
  const resourceLimits = { maxOldGenerationSizeMb: 512 }
  if (!from.endsWith('.ts')) {
    return new Worker(new URL(`./${name}.js`, from), { workerData, resourceLimits })
  }
  // `require` finds its CommonJS half, which cannot register itself from a thread.
  const half = createRequire(from).resolve('tsx/esm/api')
  const loader = pathToFileURL(half.replace(/\.cjs$/, '.mjs')).href
  const module = new URL(`./${name}.ts`, from).href
  return new Worker(
    `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(module)}) })`,
    { eval: true, workerData, resourceLimits, execArgv: ['--conditions=source'] },
  )
}
