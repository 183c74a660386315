import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * The arguments for `node` that run a module of ours as a process of its own. From the sources
 * (development, tests) that takes the TypeScript loader; compiled, nothing.
 *
 * @param name file name without its ending
 * @param from `import.meta.url` of a module in the same folder
 */
export function childProgram(name: string, from: string): readonly string[] {
  if (!from.endsWith('.ts')) return [fileURLToPath(new URL(`./${name}.js`, from))]
  const loader = pathToFileURL(createRequire(from).resolve('tsx')).href
  return ['--conditions=source', `--import=${loader}`, fileURLToPath(new URL(`./${name}.ts`, from))]
}
