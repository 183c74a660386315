/** Without case and accents: how texts are compared when somebody looks for one. */
export function plainText(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

export function plainWords(text: string): readonly string[] {
  return plainText(text)
    .split(/\s+/)
    .filter((word) => word !== '')
}
