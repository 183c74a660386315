import { healthRoutes } from '@parcurs/contract'

const WAIT_MS = 1_000

/** Whether a Parcurs server answers there, whoever's it is. */
export async function isParcurs(url: string): Promise<boolean> {
  const { health } = healthRoutes
  try {
    const signal = AbortSignal.timeout(WAIT_MS)
    const answer = await fetch(`${url}${health.path}`, { signal })
    return health.answer?.safeParse(await answer.json()).success === true
  } catch {
    // Whatever else answers there, or nothing: it is not ours.
    return false
  }
}
