import { RULE_FAULTS } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { Problem } from '../api/problem.ts'

const SAID = [
  'unreachable',
  'not-signed-in',
  'sign-in-failed',
  'link-spent',
  'too-many-attempts',
  'too-busy',
  'role-too-low',
  'person-needed',
  'workspace-not-yours',
  'not-found',
  'last-owner',
  'already-there',
  'body-too-large',
  'question-too-slow',
  'store-away',
  'server-failed',
  'question-cancelled',
  'question-too-large',
  'changed-meanwhile',
  'in-use',
  'import-over',
  'import-unclear',
  'no-events',
  'disk-full',
  'stopping',
] as const

/**
 * A refusal in the language spoken. Where the server names the value, the place and what was expected,
 * that is said instead: in the language spoken where the fault has a code, else as the server said it.
 */
export function useProblemText(): (error: Error) => string {
  const { t } = useTranslation()
  return (error) => {
    if (!(error instanceof Problem)) return t('problem.unknown', { detail: error.message })
    const known = SAID.find((code) => code === error.code)
    const faults = error.faults.map(({ place, value, expected, code }) => {
      const fault = RULE_FAULTS.find((one) => one === code)
      if (fault !== undefined) return t(`ruleFault.${fault}`, { value })
      return value === null
        ? t('problem.fault', { place, expected })
        : t('problem.faultValue', { place, value, expected })
    })
    if (faults.length > 0) return faults.join(' ')
    return known === undefined
      ? t('problem.unknown', { detail: error.detail || error.code })
      : t(`problem.${known}`)
  }
}
