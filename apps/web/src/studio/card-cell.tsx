import type { CardAt } from '@parcurs/domain'
import { memo, type ReactNode } from 'react'
import { useTranslation } from '../languages/translation.ts'
import styles from './card-cell.module.css'

interface CardCellProps {
  readonly cards: readonly CardAt[]
  /** null: a new card is typed; undefined: none is. */
  readonly typed?: string | null | undefined
  readonly editor?: ReactNode
}

/**
 * The cards of one cell. The one that is typed gives its place to the editor; a new one is typed under the others.
 * A map has hundreds of cells: one is drawn again only when a card of its own changes.
 */
export const CardCell = memo(
  function CardCell({ cards, typed, editor }: CardCellProps) {
    const { t } = useTranslation()
    return (
      <div className={styles.cards}>
        {cards.map(({ id, card }) =>
          typed === id ? (
            <div key={id}>{editor}</div>
          ) : (
            <div key={id} className={styles.card} data-card={id} data-color={card.color}>
              <span className={styles.text}>{card.text}</span>
              {card.evidence !== 'assumed' && (
                <span className={styles.evidence}>{t(`evidenceOf.${card.evidence}`)}</span>
              )}
            </div>
          ),
        )}
        {typed === null && editor}
      </div>
    )
  },
  (before, now) =>
    before.typed === now.typed &&
    before.editor === now.editor &&
    before.cards.length === now.cards.length &&
    before.cards.every(({ card }, i) => card === now.cards[i]?.card),
)
