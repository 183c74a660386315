import type { MatchRule } from '@parcurs/domain'
import { useComparisonText } from '../conditions/comparison-text.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { useChannelName } from './channel-icons.tsx'

/** A rule as one reads it: "event is purchase and channel is Web". */
export function useRuleText(): (rule: MatchRule) => string {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const channelName = useChannelName()
  const comparisonText = useComparisonText()
  const text = (rule: MatchRule): string => {
    switch (rule.kind) {
      case 'event':
        return rule.names.join(', ')
      case 'channel':
        return numbers.list(rule.channels.map(channelName))
      case 'url':
        return `${t(`rule.url.${rule.op}`)} ${rule.value}`
      case 'property':
        return `${rule.property} ${comparisonText(rule)}`
      case 'all':
      case 'any':
        return rule.rules
          .map((part) => ('rules' in part ? `(${text(part)})` : text(part)))
          .join(` ${rule.kind === 'all' ? t('rule.and') : t('rule.or')} `)
      case 'none':
        return t('rule.not', { what: rule.rules.map(text).join(', ') })
    }
  }
  return text
}
