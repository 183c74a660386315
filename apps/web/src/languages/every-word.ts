import i18next from 'i18next'
import type { Language } from './language.ts'

interface Tree {
  readonly [key: string]: string | Tree
}

const files = import.meta.glob<Tree>('../*/words/*.json', { eager: true, import: 'default' })

/** Each catalogue of a language by its noun. Only tests read all of them at once. */
export function cataloguesOf(language: Language): ReadonlyMap<string, Tree> {
  return new Map(
    Object.entries(files).flatMap(([path, tree]) => {
      const [, noun, of] = /^\.\.\/([^/]+)\/words\/(\w+)\.json$/.exec(path) ?? []
      return noun !== undefined && of === language ? [[noun, tree]] : []
    }),
  )
}

/** Makes every word of a language sayable at once. */
export async function speakEverything(language: Language): Promise<void> {
  await i18next.init({
    lng: language,
    showSupportNotice: false,
    resources: {},
    interpolation: { escapeValue: false },
  })
  for (const tree of cataloguesOf(language).values()) {
    i18next.addResourceBundle(language, 'translation', tree, true)
  }
}
