import type { EventKind } from '@parcurs/domain'
import type { Reading } from '../journey/reading.ts'
import type { Compiled } from '../sql.ts'

/** The text on one line, and the parameters in the order in which it names them. */
export function compiledLine({ text, params }: Compiled): readonly [string, ...unknown[]] {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\( | (?=\))/g, (sign) => sign.trim())
    .trim()
  return [line, ...Object.values(params)]
}

/** A workspace that is folded whole: nothing lies beyond, and every key is its own customer. */
export const FOLDED: Reading = {
  workspace: 7,
  fold: 2,
  mark: 5n,
  upTo: 9n,
  beyond: 'none',
  owned: false,
  removals: [],
  contested: false,
  browserSources: [],
  keyKinds: 0,
  currency: 'EUR',
}

/** Kinds of these names, numbered from 1. */
export function kindsNamed(...names: readonly string[]): readonly EventKind[] {
  return names.map((name, i) => ({
    code: i + 1,
    type: 'track',
    name,
    channel: 'web',
    path: '',
    coarse: false,
  }))
}
