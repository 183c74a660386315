import type { Counted, Part } from './counting.ts'

/** Throws when something else was counted. */
export function countedAs<Kind extends Counted['kind']>(
  counted: Counted,
  kind: Kind,
): Extract<Counted, { readonly kind: Kind }> {
  return ofKind<Counted, Kind>(counted, kind)
}

/** Throws when it is a part of something else. */
export function partAs<Kind extends Part['kind']>(
  part: Part,
  kind: Kind,
): Extract<Part, { readonly kind: Kind }> {
  return ofKind<Part, Kind>(part, kind)
}

function ofKind<T extends { readonly kind: string }, Kind extends T['kind']>(
  held: T,
  kind: Kind,
): Extract<T, { readonly kind: Kind }> {
  if (isKind(held, kind)) return held
  throw new Error(`counted '${held.kind}' where '${kind}' was asked for`)
}

function isKind<T extends { readonly kind: string }, Kind extends T['kind']>(
  held: T,
  kind: Kind,
): held is Extract<T, { readonly kind: Kind }> {
  return held.kind === kind
}
