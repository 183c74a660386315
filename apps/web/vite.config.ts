import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const source = (name: string) =>
  fileURLToPath(new URL(`../../packages/${name}/src/index.ts`, import.meta.url))

export default defineConfig({
  plugins: [react()],
  // TRICKY: not `resolve.conditions: ['source']`: react-aria-components names a `source` too and does not ship it.
  resolve: {
    alias: {
      '@parcurs/domain': source('domain'),
      '@parcurs/analytics': source('analytics'),
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
  server: { port: 4401, proxy: { '/api': 'http://127.0.0.1:4400' } },
})
