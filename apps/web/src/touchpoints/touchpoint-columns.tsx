import { useMemo } from 'react'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { type Column, plainInstant } from '../lists/column.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import { NONE } from '../numbers/number-formats.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { useNow } from '../ui/use-now.ts'
import { ChannelIcon, useChannelName } from './channel-icons.tsx'
import { useRuleText } from './rule-text.ts'
import styles from './touchpoints-page.module.css'

export type CountedTouchpoint = AnswerOf<'touchpoints'>[number]

/** What the library shows of each touchpoint. */
export function useTouchpointColumns(
  onOpen: (touchpointId: string) => void,
): readonly Column<CountedTouchpoint>[] {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const channelName = useChannelName()
  const ruleText = useRuleText()
  const nowMs = useNow()
  const names = useOwnNames()
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('touchpoints.name'),
        fixed: true,
        text: ({ name }) => names.name(name),
        cell: ({ id, name }) => (
          <button type="button" className={styles.name} onClick={() => onOpen(id)}>
            {names.name(name)}
          </button>
        ),
      },
      {
        id: 'channel',
        title: t('touchpoints.channel'),
        filter: true,
        text: ({ channel }) => channelName(channel),
        cell: ({ channel }) => (
          <span className={styles.channel}>
            <ChannelIcon channel={channel} />
            {channelName(channel)}
          </span>
        ),
      },
      {
        id: 'owner',
        title: t('touchpoints.owner'),
        hidden: true,
        filter: true,
        text: ({ ownerTeam }) => ownerTeam,
      },
      {
        id: 'presence',
        title: t('touchpoints.presence'),
        hidden: true,
        text: ({ presence }) => t(`presence.${presence}`),
      },
      {
        id: 'rule',
        title: t('touchpoints.rule'),
        text: ({ rule }) => ruleText(rule),
        cell: ({ rule }) => <span className={styles.rule}>{ruleText(rule)}</span>,
      },
      {
        id: 'events',
        title: t('touchpoints.events30d'),
        kind: 'number',
        text: ({ events30d }) => numbers.count(events30d),
        order: ({ events30d }) => events30d,
        plain: ({ events30d }) => String(events30d),
      },
      {
        id: 'customers',
        title: t('touchpoints.customers30d'),
        kind: 'number',
        text: ({ customers30d }) => numbers.count(customers30d),
        order: ({ customers30d }) => customers30d,
        plain: ({ customers30d }) => String(customers30d),
      },
      {
        id: 'last',
        title: t('touchpoints.last'),
        kind: 'moment',
        text: ({ lastEventMs }) => (lastEventMs === null ? NONE : numbers.ago(lastEventMs, nowMs)),
        order: ({ lastEventMs }) => lastEventMs,
        plain: ({ lastEventMs }) => plainInstant(lastEventMs),
      },
    ],
    [t, numbers, names, channelName, ruleText, nowMs, onOpen],
  )
}
