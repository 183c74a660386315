import type { Fault } from '@parcurs/contract'

/** A refusal of the server as RFC 9457 says it, or the network's. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  /** Each value that was refused, where it stands, and what was expected there. */
  readonly faults: readonly Fault[]

  constructor(status: number, code: string, detail: string, faults: readonly Fault[] = []) {
    super(detail === '' ? code : detail)
    this.status = status
    this.code = code
    this.detail = detail
    this.faults = faults
  }
}

/** The network failed or the server is away: nothing was answered. */
export const UNREACHABLE = 'unreachable'

export function isProblem(error: Error | null, code: string): boolean {
  return error instanceof Problem && error.code === code
}

export function isUnreachable(error: Error | null): boolean {
  return isProblem(error, UNREACHABLE)
}

export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null)
  const text = (value: unknown, key: string) => {
    const found = field(value, key)
    return typeof found === 'string' ? found : ''
  }
  const faults = field(body, 'faults')
  return new Problem(
    response.status,
    text(body, 'code') === '' ? String(response.status) : text(body, 'code'),
    text(body, 'detail') || text(body, 'title') || response.statusText,
    Array.isArray(faults)
      ? faults.map((fault: unknown) => {
          const value = text(fault, 'value')
          return {
            place: text(fault, 'place'),
            value: value === '' ? null : value,
            expected: text(fault, 'expected'),
            ...(text(fault, 'code') === '' ? {} : { code: text(fault, 'code') }),
            ...dataOf(field(fault, 'data')),
          }
        })
      : [],
  )
}

/** What the words of a code are filled in with. */
function dataOf(raw: unknown): Pick<Fault, 'data'> {
  if (typeof raw !== 'object' || raw === null) return {}
  const entries = Object.entries(raw).flatMap(([key, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[key, value] as const] : [],
  )
  return entries.length === 0 ? {} : { data: Object.fromEntries(entries) }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined
}
