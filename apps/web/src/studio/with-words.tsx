import { type ReactNode, useEffect, useState } from 'react'
import { useWords } from '../languages/words.ts'

/** What is drawn of a map comes late, and brings its words with it. */
export function WithWords(props: { readonly children: ReactNode; readonly waiting?: ReactNode }) {
  const words = useWords()
  const [ready, setReady] = useState(false)
  useEffect(() => {
    void words.open(['studio']).then(() => setReady(true))
  }, [words])
  return ready ? props.children : (props.waiting ?? null)
}
