import i18next, { type i18n, type TFunction } from 'i18next'
import { useMemo, useSyncExternalStore } from 'react'

function subscribe(listener: () => void): () => void {
  i18next.on('languageChanged', listener)
  return () => i18next.off('languageChanged', listener)
}

const language = () => i18next.language

/**
 * The words of the language spoken; whoever uses them is drawn again when it changes.
 * Our own twenty lines in place of react-i18next, whose dependency void-elements is not in every registry.
 */
export function useTranslation(): { readonly t: TFunction; readonly i18n: i18n } {
  const spoken = useSyncExternalStore(subscribe, language)
  // A new function for each language, so that what was memorised with it is drawn again.
  const t = useMemo(() => i18next.getFixedT(spoken), [spoken])
  return { t, i18n: i18next }
}
