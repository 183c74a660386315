import { type Window, WINDOW_UNITS } from '../segment/window.ts'
import { counted } from './counted-syntax.ts'
import type { SpokenWords } from './spoken-words.ts'
import { either, phrase, saidAs, type Syntax, theField } from './syntax.ts'
import type { DurationUnit } from './phrases.ts'
import { dateText } from './token-syntax.ts'

const WINDOW = theField()

export function windowSyntax(spoken: SpokenWords): Syntax<Window> {
  const { window, quotes } = spoken.phrases
  const date = dateText(quotes)
  const plain = (kind: 'ever' | 'question'): Syntax<Window> =>
    saidAs<Window, Readonly<Record<never, never>>>(
      phrase(window[kind], {}, WINDOW),
      (given) => (given.kind === kind ? {} : null),
      () => ({ kind }),
    )
  const aside = (kind: 'before' | 'after'): Syntax<Window> =>
    saidAs<Window, { readonly date: string }>(
      phrase(window[kind], { date }, WINDOW),
      (given) => (given.kind === kind ? { date: given.date } : null),
      (read) => ({ kind, date: read.date }),
    )
  const rolling = (kind: 'last' | 'next'): readonly Syntax<Window>[] =>
    WINDOW_UNITS.map((unit) =>
      saidAs<Window, number>(
        counted(window[kind][unit], 'n', spoken.plural, WINDOW),
        (given) => (given.kind === kind && given.unit === unit ? given.n : null),
        (n) => ({ kind, n, unit }),
      ),
    )
  return either(
    plain('ever'),
    plain('question'),
    saidAs<Window, number>(
      counted(window.hours, 'n', spoken.plural, WINDOW),
      (given) => (given.kind === 'hours' ? given.n : null),
      (n) => ({ kind: 'hours', n }),
    ),
    ...rolling('last'),
    ...rolling('next'),
    saidAs<Window, { readonly from: string; readonly to: string }>(
      phrase(window.between, { from: date, to: date }, WINDOW),
      (given) => (given.kind === 'between' ? given : null),
      ({ from, to }) => ({ kind: 'between', from, to }),
    ),
    aside('before'),
    aside('after'),
  )
}

const UNITS_MS: readonly (readonly [DurationUnit, number])[] = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1000],
  ['milliseconds', 1],
]

/** In the largest unit that says it exactly. */
export function durationSyntax(spoken: SpokenWords): Syntax<number> {
  return either(
    ...UNITS_MS.map(([unit, unitMs]) =>
      saidAs<number, number>(
        counted(spoken.phrases.duration[unit], 'n', spoken.plural, theField()),
        (ms) => (ms % unitMs === 0 || unitMs === 1 ? ms / unitMs : null),
        (n) => n * unitMs,
      ),
    ),
  )
}
