/** Abbreviations that mean one offset wherever times are exchanged, in minutes; IST, BST and AST mean several and are not here. */
const OFFSETS: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  UT: 0,
  GMT: 0,
  WET: 0,
  WEST: 60,
  CET: 60,
  CEST: 120,
  MEZ: 60,
  MESZ: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  MSD: 240,
  МСК: 180,
  TRT: 180,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  BRT: -180,
  ART: -180,
  SAST: 120,
  EAT: 180,
  WIB: 420,
  ICT: 420,
  HKT: 480,
  SGT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  ACST: 570,
  ACDT: 630,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
}

const SIGNED = /^(?:(?:UTC|GMT) ?)?([+-])(\d{1,2})(?::?(\d{2}))?$/

/**
 * What stands behind a clock time: `Z`, ` UTC`, `+02:00`, `+0200`, `+2`, `GMT+2`, `CEST`, `+0000 UTC`, `+02:00[Europe/Athens]`,
 * `GMT+0200 (Eastern European Standard Time)`.
 * @returns milliseconds east of UTC; null: a zone that is not known
 */
export function readOffset(text: string): number | null {
  // The name of a zone behind its offset says nothing more.
  const said = text
    .trim()
    .replace(/(?<=[Z\d])\s*(?:\[[^\]]*\]|\([^)]*\))$/i, '')
    .toUpperCase()
  const known = Object.hasOwn(OFFSETS, said) ? OFFSETS[said] : undefined
  if (known !== undefined) return known * 60_000
  const signed = SIGNED.exec(said.replace(/(?<=\d) [\p{L}]{1,5}$/u, '').replace('\u2212', '-'))
  if (signed === null) return null
  const hours = Number(signed[2])
  const minutes = Number(signed[3] ?? 0)
  if (hours > 18 || minutes > 59) return null
  return (signed[1] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
