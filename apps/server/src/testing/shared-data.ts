import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The real data beside the project's folder: not part of the project, so not everybody has it. */
export const sharedData = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))

export const hasSharedData = existsSync(sharedData)

/** Why tests on real data are skipped, for their titles. */
export const NO_SHARED_DATA = hasSharedData ? '' : ' (skipped: ../shared/data is not here)'
