/** Lets at most `width` pieces of work run at once; the others wait in the order they came. */
export function lane(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      // A waiting piece takes over this one's place, so the count stays.
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
