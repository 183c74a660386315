import type { Noun } from '../languages/english.ts'
import { firstLanguage, type Language } from '../languages/language.ts'

/** What every screen says: there before the first is drawn. */
export const FIRST_NOUNS: readonly Noun[] = ['ui', 'numbers', 'names', 'shell']

/** The only words outside the catalogues: for when the catalogues cannot be fetched. */
const SAID: Readonly<Record<Language, string>> = {
  en: 'The server cannot be reached. The page opens by itself as soon as it answers.',
  ro: 'Serverul nu poate fi contactat. Pagina se deschide singură de îndată ce răspunde.',
  ru: 'Сервер недоступен. Страница откроется сама, как только он ответит.',
  el: 'Ο διακομιστής δεν απαντά. Η σελίδα θα ανοίξει μόνη της μόλις απαντήσει.',
  zh: '无法连接服务器。恢复后页面会自动打开。',
}

const AGAIN_MS = 3_000

/** Nothing can be drawn: says so, and loads the page again once the server answers. */
export function sayUnreached(root: HTMLElement, browser: readonly string[]): void {
  const text = document.createElement('p')
  text.className = 'unreached'
  text.setAttribute('role', 'alert')
  text.textContent = SAID[firstLanguage(null, browser)]
  root.replaceChildren(text)
  const again = () => {
    fetch('/health').then(
      ({ ok }) => (ok ? location.reload() : setTimeout(again, AGAIN_MS)),
      () => setTimeout(again, AGAIN_MS),
    )
  }
  setTimeout(again, AGAIN_MS)
}
