import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import table from '../ui/table.module.css'
import rows from './row-table.module.css'
import type { ImportView } from './use-imports.ts'

type Collision = ImportView['collisions'][number]

/** Rows whose id is here already with other content: where both stand, and what each says. */
export function CollisionTable({ view }: { readonly view: ImportView }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const { collided } = view.progress
  const title = t('collision.title', { count: collided, n: numbers.count(collided) })
  const placeText = ({ place }: Collision) =>
    place.row === null
      ? t('collision.call')
      : place.name === null
        ? t('collision.file', { row: numbers.count(place.row) })
        : t('collision.row', { row: numbers.count(place.row), name: place.name })
  const heads = {
    line: t('imports.line'),
    id: t('collision.id'),
    differs: t('collision.differs'),
    place: t('collision.place'),
  }
  return (
    <section className={rows.section}>
      <h3>{title}</h3>
      <div className={table.frame} tabIndex={0} role="region" aria-label={title}>
        <table className={`${table.table ?? ''} ${rows.stacked ?? ''}`}>
          <thead>
            <tr>
              <th scope="col" className={table.number}>
                {heads.line}
              </th>
              <th scope="col">{heads.id}</th>
              <th scope="col">{heads.differs}</th>
              <th scope="col">{heads.place}</th>
            </tr>
          </thead>
          <tbody>
            {view.collisions.map((collision, i) => (
              <tr key={i}>
                <td className={table.number} data-label={heads.line}>
                  {numbers.count(collision.line)}
                </td>
                <td className={table.mono} data-label={heads.id}>
                  {collision.id}
                </td>
                <td data-label={heads.differs}>
                  <ul>
                    {collision.differs.map(({ what, name, here, there }) => (
                      <li key={`${what} ${name}`} className={table.mono}>
                        {t('collision.said', {
                          what: what === 'property' ? name : t(`columnRole.${what}`),
                          here: here || t('collision.none'),
                          there: there || t('collision.none'),
                        })}
                      </li>
                    ))}
                  </ul>
                </td>
                <td className={table.mono} data-label={heads.place}>
                  {placeText(collision)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
