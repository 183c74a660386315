import type { LivingMapAnswer } from '@parcurs/analytics'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { DefinitionText } from './definition-text.tsx'
import type { Measure } from './lanes.ts'
import styles from './step-panel.module.css'

/** What one number means, for the whole map. */
export function DefinitionPanel(props: {
  readonly measure: Measure
  readonly answer: LivingMapAnswer
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [props.measure])
  return (
    <aside
      className={styles.panel}
      aria-labelledby="panel-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onClose()
      }}
    >
      <header className={styles.head}>
        <div>
          <p className={styles.stage}>{t('panel.definition')}</p>
          <h2 id="panel-title" ref={heading} tabIndex={-1} className={styles.title}>
            {t(`measure.${props.measure}`)}
          </h2>
        </div>
        <Button kind="quiet" label={t('action.close')} onPress={props.onClose}>
          <X size={16} aria-hidden="true" />
        </Button>
      </header>
      <DefinitionText measure={props.measure} answer={props.answer} column={null} />
    </aside>
  )
}
