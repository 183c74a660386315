import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

// The packages are read from their sources: no stale build can pass a test.
const conditions = ['source', ...defaultServerConditions]
const stores = ['**/*.{db,ch,pg}.test.ts']
const apart = ['**/node_modules/**', '**/dist/**', '**/.parcurs/**']
const sources = { resolve: { conditions }, ssr: { resolve: { conditions } } }

export default defineConfig({
  test: {
    projects: [
      {
        ...sources,
        test: {
          name: 'pure',
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/{server,cli}/src/**/*.test.ts',
            'scripts/*.test.ts',
          ],
          exclude: [...apart, ...stores],
          // A terminal's lines are compared as text: where CI is set, colours are on otherwise.
          env: { NO_COLOR: '1' },
          // Milliseconds on a machine of its own; some laws are shown on many cases.
          testTimeout: 30_000,
        },
      },
      {
        extends: 'apps/web/vite.config.ts',
        root: '.',
        test: {
          name: 'web',
          include: ['apps/web/src/**/*.test.{ts,tsx}'],
          exclude: apart,
          environment: 'happy-dom',
        },
      },
      {
        ...sources,
        test: {
          name: 'stores',
          include: stores,
          exclude: apart,
          globalSetup: 'apps/server/src/testing/stores-setup.ts',
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          // A time limit only ends what hangs: a busy machine is no failure.
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        ...sources,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          exclude: apart,
          // They share the machine's two cores with a browser and a whole server.
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
