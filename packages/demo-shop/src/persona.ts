/** Where a visit comes from. */
export type Entry = 'ad' | 'social' | 'search-engine' | 'email' | 'direct'
export const ENTRIES: readonly Entry[] = ['ad', 'social', 'search-engine', 'email', 'direct']

export type DeviceKind = 'ios' | 'android' | 'desktop'
export const DEVICE_KINDS: readonly DeviceKind[] = ['ios', 'android', 'desktop']

/** A kind of customer. Shares are 0–1; weights stand in the order of the lists above. */
export interface Persona {
  /** Value of the trait `persona`, by which the kind can be counted. */
  readonly id: string
  readonly name: string
  readonly share: number
  readonly entries: readonly number[]
  readonly devices: readonly number[]
  readonly usesApp: number
  readonly secondDevice: number
  /** Signed in from the first visit on. */
  readonly member: number
  readonly readsSizeGuide: number
  readonly asksInChat: number
  readonly buysInStore: number
  /** Has something to buy this season; the others look, and rarely buy. */
  readonly buying: number
  /** Of the visits of those who have something to buy, those that end without an order for reasons of their own. */
  readonly justLooking: number
  /** Comes back after a visit without an order. */
  readonly returning: number
  /** Mean days between the end of one visit, or of what followed a purchase, and the next. */
  readonly pauseDays: number
  /** Comes back after a purchase that went well. */
  readonly loyalty: number
  readonly basket: number
}

export const PERSONAS: readonly Persona[] = [
  {
    id: 'impulsive-ioana',
    name: 'Impulsive Ioana',
    share: 0.3,
    entries: [24, 34, 12, 12, 18],
    devices: [66, 30, 4],
    usesApp: 0.5,
    secondDevice: 0.12,
    member: 0.35,
    readsSizeGuide: 0.3,
    asksInChat: 0.05,
    buysInStore: 0.06,
    buying: 0.38,
    justLooking: 0.75,
    returning: 0.915,
    pauseDays: 6,
    loyalty: 0.8,
    basket: 1.2,
  },
  {
    id: 'careful-mihai',
    name: 'Careful Mihai',
    share: 0.26,
    entries: [14, 4, 48, 12, 22],
    devices: [18, 30, 52],
    usesApp: 0.12,
    secondDevice: 0.3,
    member: 0.2,
    readsSizeGuide: 0.5,
    asksInChat: 0.2,
    buysInStore: 0.12,
    buying: 0.3,
    justLooking: 0.82,
    returning: 0.93,
    pauseDays: 7,
    loyalty: 0.76,
    basket: 1.5,
  },
  {
    id: 'loyal-elena',
    name: 'Loyal Elena',
    share: 0.26,
    entries: [6, 8, 10, 48, 28],
    devices: [46, 34, 20],
    usesApp: 0.45,
    secondDevice: 0.25,
    member: 0.85,
    readsSizeGuide: 0.28,
    asksInChat: 0.08,
    buysInStore: 0.14,
    buying: 0.47,
    justLooking: 0.72,
    returning: 0.93,
    pauseDays: 7,
    loyalty: 0.92,
    basket: 1.7,
  },
  {
    id: 'in-store-victor',
    name: 'In-store Victor',
    share: 0.18,
    entries: [26, 6, 30, 14, 24],
    devices: [22, 60, 18],
    usesApp: 0.15,
    secondDevice: 0.1,
    member: 0.3,
    readsSizeGuide: 0.22,
    asksInChat: 0.1,
    buysInStore: 0.5,
    buying: 0.34,
    justLooking: 0.74,
    returning: 0.915,
    pauseDays: 8,
    loyalty: 0.76,
    basket: 1.4,
  },
]

export const CITIES = ['Bucharest', 'Cluj', 'Iași', 'Chișinău', 'Athens', 'Thessaloniki']
export const CITY_WEIGHTS = [34, 18, 12, 12, 16, 8]

export const FIRST_NAMES = [
  'Ana',
  'Andrei',
  'Elena',
  'Mihai',
  'Ioana',
  'Victor',
  'Maria',
  'Alexandru',
  'Sofia',
  'Nikos',
  'Irina',
  'Dimitris',
  'Daria',
  'Radu',
  'Katerina',
  'Sergiu',
]
