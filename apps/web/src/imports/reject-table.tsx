import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import table from '../ui/table.module.css'
import rows from './row-table.module.css'
import { useRefusalText } from './refusal-text.ts'
import type { ImportView } from './use-imports.ts'

/** Rows that were refused: the line, the value and what was expected. */
export function RejectTable({ rejects }: { readonly rejects: ImportView['rejects'] }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const text = useRefusalText()
  return (
    <div className={table.frame} tabIndex={0} role="region" aria-label={t('imports.rejects')}>
      <table className={`${table.table ?? ''} ${rows.stacked ?? ''}`}>
        <thead>
          <tr>
            <th scope="col" className={table.number}>
              {t('imports.line')}
            </th>
            <th scope="col">{t('refusals.reason')}</th>
            <th scope="col">{t('imports.row')}</th>
          </tr>
        </thead>
        <tbody>
          {rejects.map((reject, i) => (
            <tr key={i}>
              <td className={table.number} data-label={t('imports.line')}>
                {numbers.count(reject.line)}
              </td>
              <td data-label={t('refusals.reason')}>
                <div>
                  <span className={table.strong}>{text.row(reject.code) ?? reject.code}</span>
                  <br />
                  <span className={table.mono}>{reject.detail}</span>
                </div>
              </td>
              <td
                className={`${table.mono ?? ''} ${table.soft ?? ''}`}
                data-label={t('imports.row')}
              >
                {reject.text}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
