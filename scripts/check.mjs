// `npm run check`: format, lint, types and the pure tests.
import { quickChecks } from './checks.mjs'
import { conclude } from './steps.mjs'

conclude(await quickChecks())
