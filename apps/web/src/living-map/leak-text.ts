import type { ExplainedPart, LeakReason } from '@parcurs/analytics'
import type { JourneyMap } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import type { LeakAction } from './leak-action.ts'
import { stepName } from '../maps/step-name.ts'

/** What was found and what is proposed, in the language spoken. */
export function useLeakText(map: JourneyMap): {
  readonly reason: (reason: LeakReason) => string
  readonly explained: (part: ExplainedPart) => string
  readonly action: (action: LeakAction) => string
} {
  const { t } = useTranslation()
  const numbers = useNumbers()
  return {
    reason: (reason) => {
      switch (reason.kind) {
        case 'none':
          return t('leaks.reason.none')
        case 'event':
          return t('leaks.reason.event', {
            event: reason.event,
            left: numbers.percent(reason.leftShare),
            moved: numbers.percent(reason.movedShare),
          })
        case 'property':
          return t('leaks.reason.property', {
            property: reason.property,
            value: reason.value,
            left: numbers.percent(reason.leftShare),
            moved: numbers.percent(reason.movedShare),
          })
        case 'trait':
          return t('leaks.reason.trait', {
            trait: reason.trait,
            value: reason.value,
            left: numbers.percent(reason.leftShare),
            moved: numbers.percent(reason.movedShare),
          })
        case 'way-back':
          return t('leaks.reason.wayBack', {
            share: numbers.percent(reason.share),
            moved: numbers.percent(reason.movedShare),
            step: stepName(map, reason.toStepId),
          })
        case 'worse-since':
          return t('leaks.reason.worseSince', {
            date: numbers.day(reason.sinceMs),
            before: numbers.percent(reason.before),
            after: numbers.percent(reason.after),
          })
      }
    },
    explained: ({ share, low, high }) =>
      t('leaks.explained', {
        share: numbers.percent(share),
        low: numbers.percent(low),
        high: numbers.percent(high),
      }),
    action: (action) => {
      switch (action.kind) {
        case 'segment':
          return t('leaks.action.segment', { name: action.name, value: action.value })
        case 'compare-since':
          return t('leaks.action.compareSince', { date: numbers.day(action.sinceMs) })
        case 'open-step':
          return t('leaks.action.openStep', { step: stepName(map, action.stepId) })
        case 'customers':
          return t('leaks.action.customers', {
            count: action.left,
            n: numbers.count(action.left),
          })
      }
    },
  }
}
