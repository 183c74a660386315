import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import panel from '../ui/panel.module.css'

export type PassedOver = AnswerOf<'upload'>['passedOver'][number]

/** What of an archive or a workbook is not read, and why. */
export function PassedOverList({ files }: { readonly files: readonly PassedOver[] }) {
  const { t } = useTranslation()
  if (files.length === 0) return null
  return (
    <section className={panel.box} role="status">
      <h2 className={panel.title}>{t('passedOver.title')}</h2>
      <ul>
        {files.map(({ name, why }) => (
          <li key={name}>
            <strong>{name}</strong> {t(`passedOver.${why}`)}
          </li>
        ))}
      </ul>
    </section>
  )
}
