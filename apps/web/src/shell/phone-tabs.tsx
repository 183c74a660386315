import { Link } from '@tanstack/react-router'
import { useTranslation } from '../languages/translation.ts'
import styles from './phone-tabs.module.css'
import { PLACES } from './places.ts'

/** The places at the thumb. */
export function PhoneTabs({ workspace }: { readonly workspace: string }) {
  const { t } = useTranslation()
  return (
    <nav className={styles.tabs} aria-label={t('shell.places')}>
      {PLACES.filter(({ onPhone }) => onPhone).map(({ id, to, icon: Icon }) => (
        <Link
          key={id}
          to={to}
          params={{ workspace }}
          className={styles.tab}
          activeOptions={{ exact: id === 'map', includeSearch: false }}
        >
          <Icon size={20} aria-hidden="true" />
          <span>{t(`place.${id}`)}</span>
        </Link>
      ))}
    </nav>
  )
}
