import { useTranslation } from '../languages/translation.ts'
import { Modal } from '../ui/modal.tsx'
import { PlaceGroups } from './place-groups.tsx'
import styles from './places-sheet.module.css'

/** Every place, on a phone: what the rail shows elsewhere. */
export default function PlacesSheet(props: {
  readonly workspace: string
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Modal label={t('shell.places')} place="bottom" onClose={props.onClose}>
      <nav className={styles.sheet} aria-label={t('shell.places')}>
        <PlaceGroups workspace={props.workspace} styles={styles} onPress={props.onClose} />
      </nav>
    </Modal>
  )
}
