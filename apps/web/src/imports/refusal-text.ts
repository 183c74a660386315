import { FILE_PROBLEMS, ROW_REJECTS } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'

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
      const known = ROW_REJECTS.find((one) => one === code)
      return known === undefined ? null : t(`reject.${known}`)
    },
    file: (code) => {
      const known = FILE_PROBLEMS.find((one) => one === code)
      return known === undefined ? null : t(`fileProblem.${known}`)
    },
  }
}
