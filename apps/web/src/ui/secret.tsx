import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { Button } from './button.tsx'
import styles from './secret.module.css'

/** Something shown once, to be copied. */
export function Secret({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  return (
    <div className={styles.secret} role="status">
      <p className={styles.label}>{label}</p>
      <div className={styles.line}>
        <code className={styles.text}>{text}</code>
        <Button
          onPress={() => {
            void navigator.clipboard.writeText(text).then(() => setCopied(true))
          }}
        >
          {copied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
          {copied ? t('action.copied') : t('action.copy')}
        </Button>
      </div>
    </div>
  )
}
