import type { SentenceLook } from '@parcurs/domain'

const MOST_LISTED = 3

/** Numbers and dates in sentences as the language spoken has them; long lists are cut short. */
export function sentenceLook(language: string): SentenceLook {
  // Four digits stand together: most of those that people write into rules are years, codes and round numbers.
  const number = new Intl.NumberFormat(language, {
    maximumFractionDigits: 20,
    useGrouping: 'min2',
  })
  // A date of a rule is a day of the calendar, in no zone.
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  return {
    mostListed: MOST_LISTED,
    number: (value) => number.format(value),
    date: (text) => {
      const ms = Date.parse(text)
      return Number.isNaN(ms) ? text : date.format(ms)
    },
  }
}
