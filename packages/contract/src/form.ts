/** How a text may have to be written, in English; the name says it to other languages. A name is public. */
export const FORMS = {
  session: 'a session’s id',
  slug: 'lower-case letters, digits and single dashes',
  plain: 'text without control characters',
  email: 'an email address',
  whole: 'a whole number',
  currency: 'three capital letters (ISO 4217)',
  customer: 'a customer key: up to 20 digits',
  date: 'a date such as 2026-01-31',
  link: 'an address that begins with https:// or mailto:',
  rank: 'a place in an order: letters and digits',
} as const

export type Form = keyof typeof FORMS

/** The form whose words these are; null: of none that has a name. */
export function formOf(words: string): Form | null {
  for (const form of forms) if (FORMS[form] === words) return form
  return null
}

const forms: readonly Form[] = [
  'session',
  'slug',
  'plain',
  'email',
  'whole',
  'currency',
  'customer',
  'date',
  'link',
  'rank',
]
