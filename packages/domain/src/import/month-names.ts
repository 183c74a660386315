/** Months as five languages write them: in full, as a date declines them, and short. */
const MONTHS: readonly string[] = [
  'january jan ianuarie ian январь января янв Ιανουάριος Ιανουαρίου Ιαν Γεν 一月',
  'february feb februarie февраль февраля фев февр Φεβρουάριος Φεβρουαρίου Φεβ Φεβρ 二月',
  'march mar martie mart март марта мар Μάρτιος Μαρτίου Μαρ Μαρτ 三月',
  'april apr aprilie апрель апреля апр Απρίλιος Απριλίου Απρ 四月',
  'may mai май мая Μάιος Μαΐου Μάι 五月',
  'june jun iunie iun июнь июня июн Ιούνιος Ιουνίου Ιουν 六月',
  'july jul iulie iul июль июля июл Ιούλιος Ιουλίου Ιουλ 七月',
  'august aug август августа авг Αύγουστος Αυγούστου Αυγ 八月',
  'september sep sept septembrie сентябрь сентября сен сент Σεπτέμβριος Σεπτεμβρίου Σεπ Σεπτ 九月',
  'october oct octombrie октябрь октября окт Οκτώβριος Οκτωβρίου Οκτ 十月',
  'november nov noiembrie noi ноябрь ноября ноя нояб Νοέμβριος Νοεμβρίου Νοε 十一月',
  'december dec decembrie декабрь декабря дек Δεκέμβριος Δεκεμβρίου Δεκ 十二月',
]

const WEEKDAYS =
  'monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun ' +
  'luni marți miercuri joi vineri sâmbătă duminică lun mie joi vin sâm dum lu ma mi jo vi sb du ' +
  'понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс ' +
  'Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο Κυριακή Δευ Τρι Τετ Πεμ Παρ Σαβ Κυρ'

/** Without accents, in small letters, one sigma: how words are compared. */
export function foldedWords(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ')
}

const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, i) =>
    foldedWords(names)
      .split(' ')
      .map((name) => [name, i + 1]),
  ),
)

const WEEKDAY: ReadonlySet<string> = new Set(foldedWords(WEEKDAYS).split(' '))

/** @param word folded. @returns 1–12; null: no month */
export function monthNamed(word: string): number | null {
  return MONTH_OF.get(word) ?? null
}

/** @param text folded. @returns it without a day of the week at its beginning */
export function withoutWeekday(text: string): string {
  const word = /^(\p{L}+)\.?,?\s+/u.exec(text)
  return word !== null && WEEKDAY.has(word[1] ?? '') ? text.slice(word[0].length) : text
}
