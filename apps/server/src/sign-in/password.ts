import { hash, verify } from '@node-rs/argon2'

// argon2id with the parameters of OWASP's password storage cheat sheet: 19 MiB, 2 passes, 1 lane.
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** More at once would only make everybody wait; each takes 19 MiB and a core for about 30 ms. */
const AT_ONCE = 2
const WAITING = 40

/** Hashes and checks passwords, a few at a time. */
export interface Passwords {
  readonly hash: (password: string) => Promise<string>
  /** `stored` null: somebody who has no password or does not exist; takes as long as for anybody. */
  readonly matches: (password: string, stored: string | null) => Promise<boolean>
}

/** Thrown when more wait than is sensible; answered as "too busy". */
export class PasswordsBusy extends Error {}

export async function passwords(): Promise<Passwords> {
  const nobodys = await hash('nobody has this password', OPTIONS)
  const inTurn = turns(AT_ONCE, WAITING)
  return {
    hash: (password) => inTurn(() => hash(password, OPTIONS)),
    matches: (password, stored) =>
      inTurn(async () => (await verify(stored ?? nobodys, password)) && stored !== null),
  }
}

function turns(atOnce: number, most: number) {
  const waiting: (() => void)[] = []
  let running = 0
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting.length >= most) throw new PasswordsBusy()
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      // The place is handed on, not given up, so nobody can slip in between.
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
