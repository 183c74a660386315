import { useTranslation } from '../languages/translation.ts'

const ROWS = [
  'no-customer',
  'time-unreadable',
  'time-out-of-range',
  'event-name-missing',
  'event-name-too-long',
  'value-not-a-number',
  'id-missing',
  'too-few-fields',
  'too-many-fields',
  'quote-never-closed',
  'text-after-quote',
  'row-too-long',
  'not-utf8',
  'nul-character',
  'not-json',
  'not-an-object',
  'too-many-columns',
  'xml-broken',
] as const

const FILES = [
  'column-unknown',
  'time-not-found',
  'customer-not-found',
  'time-not-readable',
  'time-ambiguous',
  'value-not-numeric',
  'zone-unknown',
  'event-twice',
  'no-rows',
  'no-delimiter',
  'file-empty',
  'file-binary',
  'json-array',
  'format-contradicts',
  'file-unreadable',
  'file-broken',
  'import-failed',
] as const

/**
 * Why a row or a file was refused, in the language spoken; null: a code that is not known here. The value and
 * what was expected stand beside it as the server said them.
 */
export function useRefusalText(): {
  readonly row: (code: string) => string | null
  readonly file: (code: string) => string | null
} {
  const { t } = useTranslation()
  return {
    row: (code) => {
      const known = ROWS.find((one) => one === code)
      return known === undefined ? null : t(`reject.${known}`)
    },
    file: (code) => {
      const known = FILES.find((one) => one === code)
      return known === undefined ? null : t(`fileProblem.${known}`)
    },
  }
}
