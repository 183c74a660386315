/**
 * The number of the write key or of the import that brought a fact. Numbers of keys lie below 2³¹, those of
 * imports above it, so a number tells by itself whether a file brought it.
 */
export type Source = number

/** From before sources were kept, or written by the program itself. */
export const NO_SOURCE: Source = 0

/** Merges that people make on the screen, not a key. */
export const PEOPLE_SOURCE: Source = 1

/** Those of imports begin here. */
export const FIRST_IMPORT = 2_147_483_648

/** The simulated shop: loaded as a file would be. */
export const SIMULATED_SOURCE: Source = FIRST_IMPORT

/** Whether an import brought it: such facts change numbers and start nothing ([DC11]). */
export function sourceIsImport(source: Source): boolean {
  return source >= FIRST_IMPORT
}
