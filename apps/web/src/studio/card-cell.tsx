import { cardsOf, type MapDocument } from '@parcurs/domain'
import type { ReactNode } from 'react'
import { useTranslation } from '../languages/translation.ts'
import styles from './card-cell.module.css'

/** The cards of one cell. The one that is typed gives its place to the editor; a new one is typed under the others. */
export function CardCell(props: {
  readonly document: MapDocument
  readonly cell: { readonly step: string; readonly lane: string }
  /** null: a new card is typed; undefined: none is. */
  readonly typed: string | null | undefined
  readonly editor: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <div className={styles.cards}>
      {cardsOf(props.document, props.cell).map(({ id }) => {
        const card = props.document.cards[id]
        if (card === undefined) return null
        if (props.typed === id) return <div key={id}>{props.editor}</div>
        return (
          <div key={id} className={styles.card} data-card={id} data-color={card.color}>
            <span className={styles.text}>{card.text}</span>
            {card.evidence !== 'assumed' && (
              <span className={styles.evidence}>{t(`evidenceOf.${card.evidence}`)}</span>
            )}
          </div>
        )
      })}
      {props.typed === null && props.editor}
    </div>
  )
}
