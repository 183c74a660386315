import { snakeCase } from '../shop-event.ts'

const BACKGROUND: ReadonlySet<string> = new Set([
  'session_start',
  'session_started',
  'session_end',
  'session_ended',
  'first_visit',
  'user_engagement',
  'scroll',
  'page_leave',
  'pageleave',
  'heartbeat',
  'ping',
  'autocapture',
  'click',
  'identify',
  'screen_rotated',
  'application_backgrounded',
  'application_updated',
  'web_vitals',
  'login',
  'signed_in',
  'logout',
  'signed_out',
  'remove_from_cart',
  'product_removed',
])

/** Says nothing about where a customer is: it happens to everybody, all the time. */
export function isBackground(name: string): boolean {
  return BACKGROUND.has(snakeCase(name).replace(/^\$/, ''))
}

const FAILURE =
  /(^|_)(fail(ed|ure)?|errors?|declined|refused|rejected|denied|timed?_?out|crash(ed)?|complaints?|complained|abandoned|removed|undelivered)($|_)/

const BREAKDOWN = /^(errors?|exceptions?|crash(ed)?|js_error|exception_thrown)$/

/** The system broke; in no trade is that a step. */
export function isBreakdown(name: string): boolean {
  return BREAKDOWN.test(snakeCase(name).replace(/^\$/, ''))
}

/** Something went wrong; better seen as what people met than as a step that they were meant to take. */
export function isFailure(name: string): boolean {
  return FAILURE.test(snakeCase(name))
}

// Strongest first. Whole words, in snake case.
const SUCCESSES: readonly RegExp[] = [
  // A fee or a deposit is paid on the way.
  /(^|_)(purchased?|bought|order(ed)?_completed|(?<!(fee|fees|deposit)_)paid|checkout_completed)($|_)/,
  /(^|_)(subscribed|subscription_started|upgraded|submit_upgrade|upgrade_completed)($|_)/,
  /(^|_)(subscribe|upgrade)($|_)/,
  /(^|_)(conver(ted|sion))($|_)/,
  /(^|_)(booked|reserved|(booking|reservation)_(made|completed|confirmed)|enrolled|hired)($|_)/,
  /(^|_)(activated|approved|accepted|granted|issued)($|_)/,
  /(^|_)(pay|payment|compensation)($|_)/,
  /(^|_)(signed_up|sign_up|registered|registration_completed)($|_)/,
  /(^|_)(closed?|resolved?|completed?|finished|done|delivered|discharged|repaired|picked_up)($|_)/,
]

/** Something is still to come: "Require upgrade", "awaiting payment". */
const PENDING = /^(require[sd]?|needs?|needed|wait(ing)?|await(ing)?|remind(er|ed)?|pending)_/

/** From this rank on a success may be one on the way: of those the last one is meant. */
export const ON_THE_WAY = SUCCESSES.findIndex((pattern) => pattern.test('approved'))

/** How clearly a name says that something was achieved: 0 is clearest; null: it does not. */
export function successRank(name: string): number | null {
  const plain = snakeCase(name)
  if (PENDING.test(plain)) return null
  const rank = SUCCESSES.findIndex((pattern) => pattern.test(plain))
  return rank < 0 ? null : rank
}

/** "add_to_playlist" → "Add to playlist", "A_SUBMITTED" → "A submitted", "T02 Check receipt" stays. */
export function humanName(name: string): string {
  const spaced = name
    .trim()
    .replace(/^\$+/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_\s]+/g, ' ')
    .trim()
  const shouting = spaced === spaced.toUpperCase() && spaced !== spaced.toLowerCase()
  const words = spaced
    .split(' ')
    .map((word, i) => (i > 0 && (shouting || isPlain(word)) ? word.toLowerCase() : word))
  const text = words.join(' ')
  return text === '' ? name : text.charAt(0).toUpperCase() + text.slice(1)
}

/** "Added", not "T02", "NPS" or "iOS". */
function isPlain(word: string): boolean {
  return /^\p{Lu}\p{Ll}+$/u.test(word)
}
