/** @throws RangeError where a list that must have the place does not: only a bug of ours can cause it */
export function at<T>(list: ArrayLike<T>, i: number): T {
  const held = list[i]
  if (held === undefined) throw new RangeError(`nothing at ${i} of a list of ${list.length}`)
  return held
}

/** @throws Error where something that must be there is not */
export function held<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`${what} is missing`)
  return value
}
