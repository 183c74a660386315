import type { SentenceSlot } from '@parcurs/domain'
import type { TFunction } from 'i18next'

/** What a slot shows: what it says, else what is to be chosen, or what not saying it means. */
export function slotText(slot: SentenceSlot, t: TFunction): string {
  const { field, state, text } = slot
  switch (state) {
    case 'said':
      return text
    case 'unsaid':
      return isUnsaid(field) ? t(`sentence.unsaid.${field}`) : ''
    case 'gap':
      // An event with conditions says what is known of it; the rest of it is still to be chosen.
      return isGap(field) && (!EVENTS.includes(field) || text === '…')
        ? t(`sentence.gap.${field}`)
        : text
  }
}

const UNSAID = ['steps', 'stepWithinMs', 'withinMs', 'without', 'words', 'touchpoint'] as const
const GAPS = ['event', 'map', 'of', 'id', 'step', 'trait', 'op', 'steps', 'without'] as const
const EVENTS: readonly string[] = ['event', 'steps', 'without']

function isUnsaid(field: string): field is (typeof UNSAID)[number] {
  return UNSAID.some((one) => one === field)
}

function isGap(field: string): field is (typeof GAPS)[number] {
  return GAPS.some((one) => one === field)
}
