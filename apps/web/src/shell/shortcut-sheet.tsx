import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { Modal } from '../ui/modal.tsx'
import styles from './shortcut-sheet.module.css'

const SHORTCUTS = [
  { id: 'move', keys: ['←', '→', '↑', '↓'] },
  { id: 'open', keys: ['Enter'] },
  { id: 'close', keys: ['Esc'] },
  { id: 'ends', keys: ['Home', 'End'] },
  { id: 'zoom', keys: ['1', '2', '3'] },
  { id: 'commands', keys: ['Ctrl / ⌘', 'K'] },
  { id: 'sheet', keys: ['?'] },
] as const

export default function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal label={t('shortcut.title')} onClose={onClose}>
      <div className={styles.sheet}>
        <h2 className={styles.title}>{t('shortcut.title')}</h2>
        <dl>
          {SHORTCUTS.map(({ id, keys }) => (
            <div key={id} className={styles.row}>
              <dt>{t(`shortcut.${id}`)}</dt>
              <dd>
                {keys.map((key) => (
                  <kbd key={key} className={styles.key}>
                    {key}
                  </kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <Button onPress={onClose}>{t('action.close')}</Button>
      </div>
    </Modal>
  )
}
