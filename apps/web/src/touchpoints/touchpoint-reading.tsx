import { X } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { useChannelName } from './channel-icons.tsx'
import { RulePreview } from './rule-preview.tsx'
import { useRuleText } from './rule-text.ts'
import type { CountedTouchpoint } from './touchpoint-columns.tsx'
import styles from './touchpoint-editor.module.css'
import { usePreview } from './use-touchpoints.ts'

/** A touchpoint for whoever only looks: what it is, in words, and what it matches. */
export function TouchpointReading(props: {
  readonly workspace: string
  readonly touchpoint: CountedTouchpoint
  readonly onClose: () => void
}) {
  const { touchpoint } = props
  const { t } = useTranslation()
  const channelName = useChannelName()
  const ruleText = useRuleText()
  const preview = usePreview(props.workspace, touchpoint.rule)
  const facts = [
    [t('touchpoints.channel'), channelName(touchpoint.channel)],
    [t('touchpoints.owner'), touchpoint.ownerTeam],
    [t('touchpoints.presence'), t(`presence.${touchpoint.presence}`)],
    [t('touchpoints.rule'), ruleText(touchpoint.rule)],
  ] as const
  return (
    <aside className={styles.editor} aria-labelledby="touchpoint-title">
      <header className={styles.head}>
        <h2 id="touchpoint-title" className={styles.title}>
          {touchpoint.name}
        </h2>
        <Button kind="quiet" label={t('action.close')} onPress={props.onClose}>
          <X size={16} aria-hidden="true" />
        </Button>
      </header>
      <dl className={styles.facts}>
        {facts
          .filter(([, text]) => text !== '')
          .map(([title, text]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
      <RulePreview complete asked={preview} />
    </aside>
  )
}
