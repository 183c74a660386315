import i18next from 'i18next'
import { createRoot } from 'react-dom/client'
import { askServer } from './api/ask.ts'
import { queryClient } from './api/query-client.ts'
import { deviceMemory } from './device/device-memory.ts'
import { fetchWords } from './languages/fetch-words.ts'
import { Words } from './languages/words.ts'
import { App } from './shell/app.tsx'
import { askForHome } from './shell/first-questions.ts'
import { appRouter, loadHome } from './shell/router.tsx'
import { FIRST_NOUNS, sayUnreached } from './shell/unreached.ts'
import { mapSearch } from './living-map/map-search.ts'
import './ui/base.css'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no #root')

const client = queryClient()
const memory = deviceMemory(() => localStorage)
const words = new Words(i18next, fetchWords, memory)
const router = appRouter(words)
// Words, code and numbers of the home come side by side, not one after the other.
const home = /^\/(?:w\/([^/]+)\/?)?$/.exec(location.pathname)
if (home !== null) {
  void askForHome(
    { client, ask: askServer, memory },
    home[1] === undefined ? null : decodeURIComponent(home[1]),
    mapSearch(router.parseLocation(router.history.location).search),
  )
}
const spoken = words.start(navigator.languages, FIRST_NOUNS)
if (home !== null || location.pathname.startsWith('/sign-in')) void loadHome(words)
try {
  await spoken
  createRoot(root).render(<App ground={{ ask: askServer, client, words, memory, router }} />)
} catch {
  sayUnreached(root, navigator.languages)
}
