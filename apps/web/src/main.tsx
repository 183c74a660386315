import { createRoot } from 'react-dom/client'
import { askServer } from './api/ask.ts'
import { queryClient } from './api/query-client.ts'
import { startLanguage } from './languages/language.ts'
import { App } from './shell/app.tsx'
import { askForHome } from './shell/first-questions.ts'
import { loadHome, router } from './shell/router.tsx'
import { mapSearch } from './living-map/map-search.ts'
import './ui/base.css'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no #root')

const client = queryClient()
// Words, code and numbers of the home come side by side, not one after the other.
const home = /^\/(?:w\/([^/]+)\/?)?$/.exec(location.pathname)
if (home !== null) {
  void askForHome(
    client,
    askServer,
    home[1] === undefined ? null : decodeURIComponent(home[1]),
    mapSearch(router.parseLocation(router.history.location).search),
  )
}
if (home !== null || location.pathname.startsWith('/sign-in')) void loadHome()
await startLanguage()
createRoot(root).render(<App ask={askServer} client={client} />)
