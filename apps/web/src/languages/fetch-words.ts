import type { FetchWords } from './words.ts'

const catalogues = import.meta.glob<object>('../*/words/*.json', { import: 'default' })

/** From the files that were built with the app. */
export const fetchWords: FetchWords = (noun, language) => {
  const fetch = catalogues[`../${noun}/words/${language}.json`]
  if (fetch === undefined) throw new Error(`There is no catalogue of ${noun} in ${language}`)
  return fetch()
}
