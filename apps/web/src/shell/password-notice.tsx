import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useRemembered } from '../device/device-memory.ts'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import styles from './workspace-frame.module.css'

/** Says that one cannot come back without a password, until it is put away: then it stays away on this device. */
export default function PasswordNotice(props: {
  readonly workspace: string
  readonly email: string
}) {
  const { t } = useTranslation()
  const [put, putAway] = useRemembered(`notice.password.${props.email}`)
  if (put !== null) return null
  return (
    <div className={styles.notice}>
      <p>
        {t('shell.noPassword')}{' '}
        <Link to="/w/$workspace/settings/you" params={{ workspace: props.workspace }}>
          {t('shell.setPassword')}
        </Link>
      </p>
      <Button kind="quiet" label={t('shell.putAway')} onPress={() => putAway('1')}>
        <X size={16} aria-hidden="true" />
      </Button>
    </div>
  )
}
