import type { ProblemCode } from '@parcurs/contract'
import { useTranslation } from '../languages/translation.ts'
import { Problem, type UNREACHABLE } from '../api/problem.ts'
import { faultText } from './fault-text.ts'

/** Every code there is; a test compares with the contract. */
export const SAID = [
  'unreachable',
  'not-signed-in',
  'sign-in-failed',
  'link-spent',
  'sign-in-first',
  'too-many-attempts',
  'too-busy',
  'role-too-low',
  'person-needed',
  'workspace-not-yours',
  'not-found',
  'last-workspace',
  'last-owner',
  'already-there',
  'body-too-large',
  'body-too-slow',
  'question-too-slow',
  'store-away',
  'server-failed',
  'question-cancelled',
  'question-too-large',
  'changed-meanwhile',
  'in-use',
  'import-again',
  'import-over',
  'import-unclear',
  'archive-refused',
  'no-events',
  'disk-full',
  'stopping',
  'request-malformed',
  'body-not-json',
  'value-invalid',
  'event-refused',
  'write-key-unknown',
  'machine-needed',
  'origin-foreign',
  'method-not-allowed',
  'merge-refused',
  'content-type-unsupported',
  'host-unknown',
  'headers-too-large',
  'segment-circle',
  'segment-not-watchable',
] as const satisfies readonly (ProblemCode | typeof UNREACHABLE)[]

/**
 * A refusal in the language spoken. Where the server names values and places that do not fit, each is said. What the
 * server adds in English is for programs, and shown to nobody.
 */
export function useProblemText(): (error: Error) => string {
  const { t } = useTranslation()
  return (error) => {
    // What a screen throws by itself is a bug, or a piece of it that was lost on the way: its message is for programs.
    if (!(error instanceof Problem)) {
      return t(LOST.test(error.message) ? 'problem.unreachable' : 'problem.broken')
    }
    const known = SAID.find((code) => code === error.code)
    const faults = error.faults.map((fault) => faultText(t, fault))
    if (faults.length > 0) return faults.join(' ')
    return known === undefined
      ? t('problem.unknown', { detail: error.code })
      : t(`problem.${known}`)
  }
}

/** How browsers say that code of the program did not come through. */
const LOST = /module script|dynamically imported|Failed to fetch|Load failed/i
