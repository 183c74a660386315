import { compile, param, sql } from '@parcurs/analytics'
import type { IdentityKey } from '@parcurs/domain'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'

/** Who owned keys at any commit, as far as they were asked for. */
export interface OwnersAt {
  /** Whose an event of the key was, as it was known at that commit. */
  readonly ownerOf: (key: IdentityKey, timeMs: number, commit: number) => IdentityKey
}

interface Version {
  readonly version: number
  readonly fromMs: readonly number[]
  readonly customers: readonly IdentityKey[]
}

const ASKED_AT_ONCE = 10_000

/** @param upTo commits beyond are not known */
export async function ownersAt(
  clickhouse: ClickHouse,
  workspace: number,
  keys: readonly IdentityKey[],
  upTo: number,
): Promise<OwnersAt> {
  const versions = new Map<IdentityKey, Version[]>()
  for (let at = 0; at < keys.length; at += ASKED_AT_ONCE) {
    const rows = await clickhouse.rows<{
      key: string
      version: string
      from_ms: readonly string[]
      customers: readonly string[]
    }>(
      compile(sql`
        SELECT key, version, from_ms, customers FROM owners
        WHERE workspace = ${param.workspace(workspace)} AND version <= ${param.count(upTo)}
          AND key IN ${param.keys(keys.slice(at, at + ASKED_AT_ONCE))}
        ORDER BY key, version DESC`),
    )
    for (const row of rows) {
      const key = BigInt(row.key)
      const held = versions.get(key)
      const version = {
        version: Number(row.version),
        fromMs: row.from_ms.map(Number),
        customers: row.customers.map(BigInt),
      }
      if (held === undefined) versions.set(key, [version])
      else held.push(version)
    }
  }
  return {
    ownerOf(key, timeMs, commit) {
      const then = versions.get(key)?.find(({ version }) => version <= commit)
      return then === undefined ? key : (ownerAt(then, timeMs) ?? key)
    },
  }
}

/** The latest that began at or before the time; the first also owns everything earlier. */
function ownerAt({ fromMs, customers }: Version, timeMs: number): IdentityKey | undefined {
  const at = fromMs.findLastIndex((began) => began <= timeMs)
  return customers[Math.max(0, at)]
}
