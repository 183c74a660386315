const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?$/

/** A decimal number as people and programs write it; null for anything else (also "Infinity", "0x10", " 1"). */
export function numberOf(text: string): number | null {
  return NUMBER.test(text) ? Number(text) : null
}
