import { createContext, use, useEffect } from 'react'

/** What the pages shown belong to: the workspace's name; '' before one is entered. */
export const TitleContext = createContext('')

/** Names the page in tabs, bookmarks and history: "Customers · Acme · Parcurs". */
export function useDocumentTitle(title: string): void {
  const of = use(TitleContext)
  useEffect(() => {
    document.title = [title, of, 'Parcurs'].filter((part) => part !== '').join(' · ')
  }, [title, of])
}
