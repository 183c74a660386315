const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const

const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** "Firefox, Windows" out of a user agent; the text itself when nothing in it is known. */
export function deviceText(userAgent: string): string {
  // Order matters: Edge and Opera also say Chrome, and Chrome also says Safari.
  const browser = BROWSERS.find(([sign]) => userAgent.includes(sign))?.[1]
  const system = SYSTEMS.find(([sign]) => userAgent.includes(sign))?.[1]
  const known = [browser, system].filter((part) => part !== undefined)
  return known.length === 0 ? userAgent.slice(0, 60) || '?' : known.join(', ')
}
