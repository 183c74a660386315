import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Button } from '../ui/button.tsx'
import { PAGE_ROWS } from './list-state.ts'
import styles from './list.module.css'

/** Which rows these are of how many, and the way to the others. */
export function ListPager(props: {
  readonly page: number
  readonly pages: number
  readonly rows: readonly unknown[]
  readonly all: number
  readonly note: string | null
  readonly onPage: (page: number) => void
}) {
  const { page } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  if (props.pages === 1 && props.note === null) return null
  return (
    <div className={styles.pager}>
      {props.pages > 1 && (
        <>
          <span role="status">
            {t('lists.range', {
              from: numbers.count(page * PAGE_ROWS + 1),
              to: numbers.count(page * PAGE_ROWS + props.rows.length),
              all: numbers.count(props.all),
            })}
          </span>
          <Button
            label={t('lists.previous')}
            disabled={page === 0}
            onPress={() => props.onPage(page - 1)}
          >
            <ChevronLeft size={16} aria-hidden="true" />
          </Button>
          <Button
            label={t('lists.next')}
            disabled={page === props.pages - 1}
            onPress={() => props.onPage(page + 1)}
          >
            <ChevronRight size={16} aria-hidden="true" />
          </Button>
        </>
      )}
      {props.note !== null && <p className={styles.note}>{props.note}</p>}
    </div>
  )
}
