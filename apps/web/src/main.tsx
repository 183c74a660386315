import { createRoot } from 'react-dom/client'
import { askServer } from './api/ask.ts'
import { startLanguage } from './languages/language.ts'
import { App } from './shell/app.tsx'
import './ui/base.css'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no #root')

await startLanguage()
createRoot(root).render(<App ask={askServer} />)
