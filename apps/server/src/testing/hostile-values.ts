/** A seeded generator (mulberry32): the same seed makes the same requests. */
export interface Random {
  /** 0 ≤ n < 1 */
  readonly unit: () => number
  /** A whole number, 0 ≤ n < below. */
  readonly below: (below: number) => number
  readonly pick: <T>(from: readonly T[]) => T
  readonly chance: (share: number) => boolean
}

export function seeded(seed: number): Random {
  let state = seed >>> 0
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(unit() * n)
  return {
    unit,
    below,
    pick: (from) => {
      const picked = from[below(from.length)]
      if (picked === undefined) throw new Error('nothing to pick from')
      return picked
    },
    chance: (share) => unit() < share,
  }
}

/** Text that breaks careless code, as it stands between the quotes of JSON. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\\u0000',
  'a\\u0000b',
  '\\ud800',
  '\\udc00\\ud800',
  '\\uffff',
  '\\u202e\\u200b\\ufeff',
  '💥👩‍👩‍👧‍👦',
  'ﷺ'.repeat(200),
  'Z̸̢̛͉a̴l̶g̷o̵',
  'İıſß',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-0',
  '1e400',
  '0x7fffffff',
  '99999999999999999999999',
  '[object Object]',
  "'; drop table events; --",
  "' OR 1=1 --",
  '{p0:String}',
  '{{7*7}}',
  '${7*7}',
  '`id`',
  '$(id)',
  '%s%s%n%x',
  '../../../../etc/passwd',
  'file:///etc/passwd',
  'http://169.254.169.254/latest/meta-data/',
  '<script>alert(1)</script>',
  '\\\\',
  '\\"',
  '*'.repeat(500),
  '(a+)+$',
  'a'.repeat(300),
  'a'.repeat(70_000),
  '2026-02-30T25:61:61Z',
  '0000-00-00',
  '+275760-09-13T00:00:00.001Z',
  '-271821-04-20T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  'Mars/Olympus',
]

/** JSON that is no text, as it is written. */
export const HOSTILE_JSON: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1',
  '1.5',
  '1e308',
  '1e400',
  '-1e400',
  '1e-400',
  '9007199254740993',
  '-9007199254740993',
  '18446744073709551616',
  '99999999999999999999999999999999999999999',
  '8640000000000001',
  '-8640000000000001',
  '0.1e1',
  '{}',
  '[]',
  '[[]]',
  '[null]',
  '{"":""}',
  '{"__proto__":{"polluted":true}}',
  '{"\\u005f_proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":1,"valueOf":2,"hasOwnProperty":3}',
  '{"then":"x"}',
  '{"length":1e9}',
  '{"$ref":"#"}',
  `[${'0,'.repeat(5_000)}0]`,
  `${'['.repeat(50)}${']'.repeat(50)}`,
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  `${'{"a":'.repeat(55)}1${'}'.repeat(55)}`,
  `{${Array.from({ length: 2_000 }, (_, i) => `"k${i}":${i}`).join(',')}}`,
]

/** Parts of an address, as they stand in it. */
export const HOSTILE_SEGMENTS: readonly string[] = [
  '',
  '.',
  '..',
  '%2e%2e',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '%00',
  'a%00b',
  '%',
  '%zz',
  '%c0%af',
  '%ff%fe',
  '%ed%a0%80',
  '%F0%9F%92%A5',
  '__proto__',
  'constructor',
  '0',
  '-1',
  '1e3',
  '999999999',
  '99999999999999999999',
  'null',
  'undefined',
  '*',
  ':workspace',
  '{p0:String}',
  "'%20or%201=1--",
  'a'.repeat(200),
  'a'.repeat(5_000),
  '%E2%80%AE',
  'a;b=c',
  'a+b',
]
