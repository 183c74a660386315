export const SENTENCE_LANGUAGES = ['en', 'ro', 'ru', 'el', 'zh'] as const
export type SentenceLanguage = (typeof SENTENCE_LANGUAGES)[number]
