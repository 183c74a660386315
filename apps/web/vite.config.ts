import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const source = (name: string) =>
  fileURLToPath(new URL(`../../packages/${name}/src/index.ts`, import.meta.url))

const target = process.env['PARCURS_URL'] ?? 'http://127.0.0.1:4400'

/**
 * The modules that a page needs from its start: those the entry imports, and those that the home adds to them.
 * Left to itself the bundler cuts what several pages share into dozens of files of a few hundred bytes.
 */
const SENTENCES = /\/packages\/domain\/src\/sentence\//
// A map's document and its edits: of the packages that the home uses too, and only needed by who draws.
const DRAWING =
  /\/packages\/domain\/src\/map\/(?!journey-map|map-fault|map-link-fault|sound-stages)|\/fractional-indexing\//
const DRAWN = /\/src\/studio\/(?:with-words|card-cell|lane-title|drawn-lanes|document-query)\./
/** The bundler's own few lines: every page needs them. */
const RUNTIME = /rolldown\/runtime/
const first = new Set<string>()
const home = new Set<string>()

const pieces: Plugin = {
  name: 'pieces',
  apply: 'build',
  buildEnd() {
    const ids = [...this.getModuleIds()]
    const reach = (name: string, into: Set<string>, but: ReadonlySet<string>) => {
      const waiting = ids.filter((id) => id.endsWith(name))
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        if (into.has(id) || but.has(id)) continue
        into.add(id)
        waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []))
      }
    }
    reach('/src/main.tsx', first, new Set())
    reach('/src/shell/workspace-frame.tsx', home, first)
    reach('/src/living-map/map-page.tsx', home, first)
  },
}

/** Whose words those are: `src/<noun>/words/<language>.json`. */
const WORDS = /\/src\/([^/]+)\/words\/(\w+)\.json$/

/** As `shell/router.tsx` and `shell/unreached.ts` have them; a test compares. */
export const HOME_NOUNS: readonly string[] = [
  'ui',
  'numbers',
  'names',
  'shell',
  'living-map',
  'maps',
  'periods',
  'segments',
  'sentences',
  'feedback',
  'touchpoints',
  'customers',
]

/** Compresses once, here, what the server would compress for each browser. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const [fileName, made] of Object.entries(bundle)) {
        if (!/\.(js|css|svg)$/.test(fileName)) continue
        const source = Buffer.from(made.type === 'chunk' ? made.code : made.source)
        if (source.length < 1024) continue
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
        this.emitFile({
          type: 'asset',
          fileName: `${fileName}.br`,
          source: brotliCompressSync(source, { params }),
        })
        this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(source) })
      }
    },
  },
}

export default defineConfig({
  plugins: [react(), pieces, compressed],
  // TRICKY: not `resolve.conditions: ['source']`: react-aria-components names a `source` too and does not ship it.
  resolve: {
    alias: {
      '@parcurs/domain': source('domain'),
      '@parcurs/analytics': source('analytics'),
      // Before the whole contract, whose schemas (and zod with them) stay out of the browser.
      '@parcurs/contract/key-snippet': fileURLToPath(
        new URL('../../packages/contract/src/key-snippet.ts', import.meta.url),
      ),
      '@parcurs/contract/addresses': fileURLToPath(
        new URL('../../packages/contract/src/addresses.ts', import.meta.url),
      ),
      // For tests alone: the screens import its types, and with them nothing.
      '@parcurs/contract': source('contract'),
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Under `default-src 'self'` a font or picture as a data: address would be refused.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    target: 'es2022',
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Only pages that come later say and read whole rules: five languages' words for it.
            {
              name: 'sentences',
              test: SENTENCES,
              priority: 4,
              includeDependenciesRecursively: false,
            },
            {
              name: 'drawing',
              test: DRAWING,
              priority: 4,
              includeDependenciesRecursively: false,
            },
            // What is read of a drawing: one file for the map and for the step's panel.
            { name: 'drawn', test: DRAWN, priority: 4, includeDependenciesRecursively: false },
            { name: 'first', test: (id) => first.has(id) || RUNTIME.test(id), priority: 3 },
            { name: 'home', test: (id) => home.has(id), priority: 2 },
            // The words of one language that the home says: one file, not one for each noun.
            {
              name: (id) => `words-${WORDS.exec(id)?.[2] ?? ''}`,
              test: (id) => HOME_NOUNS.includes(WORDS.exec(id)?.[1] ?? ''),
              priority: 1,
            },
          ],
        },
      },
    },
  },
  // `npx vite` beside a running server: the same host name, so its cookie holds, at the place that this page asks; the
  // origin as the server expects it.
  server: {
    port: 4401,
    proxy: {
      '/api': { target, changeOrigin: true, headers: { origin: target }, cookiePathRewrite: '/' },
    },
  },
})
