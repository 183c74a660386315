import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const source = (name: string) =>
  fileURLToPath(new URL(`../../packages/${name}/src/index.ts`, import.meta.url))

const target = process.env['PARCURS_URL'] ?? 'http://127.0.0.1:4400'

export default defineConfig({
  plugins: [react()],
  // TRICKY: not `resolve.conditions: ['source']`: react-aria-components names a `source` too and does not ship it.
  resolve: {
    alias: {
      '@parcurs/domain': source('domain'),
      '@parcurs/analytics': source('analytics'),
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
  },
  // `npx vite` beside a running server: the same host name, so its cookie holds; the origin as the server expects it.
  server: {
    port: 4401,
    proxy: { '/api': { target, changeOrigin: true, headers: { origin: target } } },
  },
})
