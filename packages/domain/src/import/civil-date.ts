/** The days from 1970-01-01; proleptic Gregorian. @see H. Hinnant, chrono-compatible date algorithms */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** @returns the date's midnight as if it were UTC, epoch milliseconds; null: no such date (NaN included) */
export function dateMs(year: number, month: number, day: number): number | null {
  // The year too: NaN compares with nothing.
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return null
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (!(day <= (MONTH_DAYS[month - 1] ?? 0) + (leap ? 1 : 0))) return null
  return daysFromCivil(year, month, day) * 86_400_000
}
