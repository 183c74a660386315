import { useLocation } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { PlaceLink } from './place-link.tsx'
import styles from './phone-tabs.module.css'
import { PLACES, placeAt } from './places.ts'

/** Four places at the thumb, and the way to the others. */
export function PhoneTabs(props: { readonly workspace: string; readonly onMore: () => void }) {
  const { t } = useTranslation()
  const atOther = useLocation({ select: ({ pathname }) => !placeAt(pathname).tab })
  return (
    <nav className={styles.tabs} aria-label={t('shell.places')}>
      {PLACES.filter(({ tab }) => tab).map((place) => {
        const Icon = place.icon
        return (
          <PlaceLink
            key={place.id}
            place={place}
            workspace={props.workspace}
            className={styles.tab}
          >
            <Icon size={20} aria-hidden="true" />
            <span>{t(`place.${place.id}`)}</span>
          </PlaceLink>
        )
      })}
      <button
        type="button"
        className={styles.tab}
        aria-haspopup="dialog"
        data-here={atOther}
        onClick={props.onMore}
      >
        <Ellipsis size={20} aria-hidden="true" />
        <span>{t('shell.more')}</span>
      </button>
    </nav>
  )
}
