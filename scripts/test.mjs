// `npm test`: every check and test of the project, with real stores and a real browser.
import { quickChecks } from './checks.mjs'
import { findChromium } from './chromium.mjs'
import { command, conclude, counted, failed, vitest } from './steps.mjs'

const results = await quickChecks()
results.push(await command('Build', process.execPath, ['scripts/build.mjs']))
results.push(await vitest('Tests with the stores', ['stores']))
const chromium = await findChromium()
results.push(
  chromium.ok
    ? await vitest('Tests of the whole program', ['e2e'], { CHROMIUM_PATH: chromium.path })
    : failed(`Tests of the whole program: ${chromium.detail}`),
)
results.push(
  await counted('Conformance', process.execPath, [
    '--conditions=source',
    '--import',
    'tsx',
    'apps/server/src/conformance/main.ts',
    'cases/peers.json',
  ]),
)
conclude(results)
